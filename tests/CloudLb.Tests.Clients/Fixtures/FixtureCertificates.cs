using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>
/// The certificates of IAM that fixtures name by their ARNs: made for this run, as no file holds a key, before the first request that names
/// one.
/// </summary>
internal sealed partial class FixtureCertificates
{
    private readonly ConcurrentDictionary<(string Account, string Name), Lazy<Task>> _given = [];

    /// <summary>Gives the account what the form names, once.</summary>
    public Task GiveAsync(Uri url, Account account, string form, CancellationToken cancellationToken) => Task.WhenAll(
        Named().Matches(form).Select(match => match.Groups[1].Value).Select(
            name => _given.GetOrAdd((account.Id, name), _ => new(() => UploadAsync(url, account, name, cancellationToken))).Value));

    private static Task UploadAsync(Uri url, Account account, string name, CancellationToken cancellationToken) =>
        ServerCertificateFiles.New($"{name}.example.com").UploadAsync(url, name, cancellationToken, account);

    [GeneratedRegex("%3Aserver-certificate%2F([a-z]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}
