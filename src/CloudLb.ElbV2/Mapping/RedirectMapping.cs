using System.Globalization;
using System.Text.RegularExpressions;
using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Redirects: parts that are not given are the request's own, and are shown as such.</summary>
internal static partial class RedirectMapping
{
    public static RedirectAction ToDomain(Wire.RedirectActionConfig config)
    {
        var redirect = new RedirectAction
        {
            StatusCode = config.StatusCode,
            Protocol = config.Protocol ?? "#{protocol}",
            Host = config.Host ?? "#{host}",
            Port = config.Port ?? "#{port}",
            Path = config.Path ?? "/#{path}",
            Query = config.Query ?? "#{query}",
        };
        if (redirect is { Protocol: "#{protocol}", Host: "#{host}", Port: "#{port}", Path: "/#{path}", Query: "#{query}" })
        {
            throw Invalid("The redirect configuration is not valid because it creates a loop.");
        }

        if (!IsPlain(redirect.Host) || !Holds(redirect.Host, "host") || HostLetters().IsMatch(Without(redirect.Host, "host")))
        {
            throw Invalid("The Host parameter must be a valid host name, and may contain the placeholder '#{host}'.");
        }

        if (redirect.Port != "#{port}"
            && !(int.TryParse(redirect.Port, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535))
        {
            throw Invalid("The Port parameter must be either an integer between 1 and 65535 or '#{port}'.");
        }

        if (!redirect.Path.StartsWith('/') || !IsPlain(redirect.Path) || !Holds(redirect.Path, "path", "host", "port"))
        {
            throw Invalid(
                "The Path parameter must be a valid path, should start with a '/', and may contain up to one of each of these " +
                "placeholders: '#{path}', '#{host}', '#{port}'.");
        }

        return IsPlain(redirect.Query) && Holds(redirect.Query, "query", "path", "host", "port", "protocol")
            ? redirect
            : throw Invalid(
                "The Query parameter must be a valid query, and may contain up to one of each of these placeholders: '#{query}', " +
                "'#{path}', '#{host}', '#{port}', '#{protocol}'.");
    }

    public static Wire.RedirectActionConfig ToWire(RedirectAction redirect) => new()
    {
        StatusCode = redirect.StatusCode,
        Protocol = redirect.Protocol,
        Host = redirect.Host,
        Port = redirect.Port,
        Path = redirect.Path,
        Query = redirect.Query,
    };

    /// <summary>Visible ASCII; whatever else would end the header that it is sent in, or mean nothing in an address.</summary>
    private static bool IsPlain(string text) => text.All(character => character is > ' ' and <= '~');

    /// <summary>Whether the placeholders in it are some of these, each once at most.</summary>
    private static bool Holds(string text, params string[] allowed)
    {
        var found = Placeholder().Matches(text).Select(match => match.Groups[1].Value).ToList();
        return found.All(allowed.Contains) && found.Distinct().Count() == found.Count;
    }

    private static string Without(string text, string placeholder) => text.Replace($"#{{{placeholder}}}", "", StringComparison.Ordinal);

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);

    [GeneratedRegex(@"#\{([^}]*)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[^A-Za-z0-9.-]")]
    private static partial Regex HostLetters();
}
