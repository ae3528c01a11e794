using System.Net;
using System.Text.RegularExpressions;
using CloudLb.Cli.Control;
using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Told;
using CloudLb.Operator.Status;
using Microsoft.AspNetCore.Http;

namespace CloudLb.Operator.Control;

/// <summary>Where a request would go, and why.</summary>
internal sealed partial class RequestQuestion(RequestReport report) : IControlQuestion
{
    public string Path => ControlPaths.Route;

    public Task<object?> AnswerAsync(IQueryCollection query, CancellationToken cancellationToken) => Task.FromResult<object?>(
        (string?)query[ControlPaths.Account] is { } account && AccountId.IsValid(account)
            && (string?)query[ControlPaths.Region] is { } region && (string?)query[ControlPaths.Name] is { } name
            && Request(query) is { } request
            ? report.Explain(new AccountId(account), region, name, request)
            : null);

    /// <summary>Null for one that the command would not have sent.</summary>
    private static ToldRequest? Request(IQueryCollection query)
    {
        if ((string?)query[ControlPaths.Method] is not { } method
            || !Uri.TryCreate(query[ControlPaths.Url], UriKind.Absolute, out var url)
            || !IPAddress.TryParse(query[ControlPaths.Source], out var source))
        {
            return null;
        }

        var headers = query[ControlPaths.Header].OfType<string>().Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
            .Select(parts => KeyValuePair.Create(parts[0].Trim(), parts[1].Trim())).ToList();
        var host = headers.Find(header => string.Equals(header.Key, "Host", StringComparison.OrdinalIgnoreCase)).Value;
        return new()
        {
            Method = method,
            IsSecure = url.Scheme == Uri.UriSchemeHttps,
            Port = url.Port,
            Host = host ?? url.Authority,
            Path = PathOf(url),
            Query = url.Query.TrimStart('?'),
            Headers = headers,
            Source = source,
        };
    }

    // As it was written, not as the type has it, which knows no dots in it: how they are read is a part of the answer.
    private static string PathOf(Uri url)
    {
        var path = AfterHost().Match(url.OriginalString).Groups[1].Value;
        return path.Length > 0 ? NotSent().Replace(path, found => Uri.EscapeDataString(found.Value)) : "/";
    }

    [GeneratedRegex("^[^/?#]*//[^/?#]*([^?#]*)")]
    private static partial Regex AfterHost();

    [GeneratedRegex("[^!-~]+")]
    private static partial Regex NotSent();
}
