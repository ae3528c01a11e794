using System.Text.RegularExpressions;
using CloudLb.Core.Accounts;
using CloudLb.Passthrough;

namespace CloudLb.Server.Settings;

/// <summary>What must be true of the settings of the endpoint that calls are passed on to.</summary>
internal static partial class PassthroughRules
{
    private const string Section = PassthroughOptions.Section;

    /// <summary>One sentence for each fault.</summary>
    public static IEnumerable<string> Faults(PassthroughOptions options, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(options.Url))
        {
            if (configuration.GetSection(Section).GetChildren().Any(child => child.Key != nameof(PassthroughOptions.Url)))
            {
                yield return $"{Section} has no effect, as {Section}:Url is not given; give that too, or remove the rest.";
            }

            yield break;
        }

        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            yield return $"{Section}:Url must be http:// or https:// with a host and, where it is not the usual one, a port, such as http://127.0.0.1:5000, and nothing behind.";
        }

        if (options.Accounts.Count == 0)
        {
            yield return $"{Section}:Accounts must say whose calls are passed on, and with which keys, as {Section}:Url is given.";
        }

        for (var index = 0; index < options.Accounts.Count; index++)
        {
            var account = options.Accounts[index];
            var hasKey = !string.IsNullOrEmpty(account.AccessKeyId) && !string.IsNullOrEmpty(account.SecretAccessKey);
            var hasNone = string.IsNullOrEmpty(account.AccessKeyId) && string.IsNullOrEmpty(account.SecretAccessKey);
            if (!AccountId.IsValid(account.AccountId) || (account.Unchanged ? !hasNone : !hasKey) || (hasKey && !AccessKeyIdForm().IsMatch(account.AccessKeyId!)))
            {
                yield return $"{Section}:Accounts:{index} must have an AccountId of twelve digits and either AccessKeyId, 3 to 128 letters, digits or underscores, " +
                    "with SecretAccessKey, or Unchanged.";
            }
        }

        foreach (var twice in options.Accounts.CountBy(account => account.AccountId).Where(count => count.Value > 1))
        {
            yield return $"{Section}:Accounts has the account {twice.Key} more than once.";
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_]{3,128}\z")]
    private static partial Regex AccessKeyIdForm();
}
