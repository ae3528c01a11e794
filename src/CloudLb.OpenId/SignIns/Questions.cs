using System.Collections.Concurrent;
using CloudLb.Core.Accounts;
using Microsoft.AspNetCore.Http;

namespace CloudLb.OpenId.SignIns;

/// <summary>
/// What providers are being asked: so much for an account at once, so that one whose provider does not answer takes no room from others.
/// </summary>
internal sealed class Questions
{
    private const int MostOfAccount = 50;

    private readonly ConcurrentDictionary<AccountId, int> _underWay = new();

    /// <exception cref="SignInException">There are too many already.</exception>
    public async Task<T> AskAsync<T>(AccountId account, Func<Task<T>> ask)
    {
        try
        {
            return _underWay.AddOrUpdate(account, 1, (_, count) => count + 1) <= MostOfAccount
                ? await ask()
                : throw new SignInException(
                    StatusCodes.Status503ServiceUnavailable, "AuthUnhandledException", "it is being asked for too many clients already");
        }
        finally
        {
            _underWay.AddOrUpdate(account, 0, (_, count) => count - 1);
        }
    }
}
