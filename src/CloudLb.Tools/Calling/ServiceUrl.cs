using CloudLb.Tools.Running;

namespace CloudLb.Tools.Calling;

/// <summary>The service's URL and the region in it.</summary>
internal static class ServiceUrl
{
    public const string DefaultRegion = "us-east-1";

    private const string Host = "elasticloadbalancing.", Domain = ".amazonaws.com";

    /// <summary>Without a scheme it is https: the access key's owner should have to say so before calls go in clear.</summary>
    public static Uri Parse(string text)
    {
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        return Uri.TryCreate(whole, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") && url.Host.Length > 0
            ? url
            : throw new ToolException(Fault.BadUrl, $"'{text}' is not an http or https URL");
    }

    public static Uri OfRegion(string region) => new($"https://{Host}{Checked(region)}{Domain}/");

    /// <summary>Null where the URL is not AWS's own.</summary>
    public static string? RegionOf(Uri url) =>
        url.Host.StartsWith(Host, StringComparison.OrdinalIgnoreCase) && url.Host.EndsWith(Domain, StringComparison.OrdinalIgnoreCase)
            && url.Host.Length > Host.Length + Domain.Length
            ? url.Host[Host.Length..^Domain.Length]
            : null;

    /// <summary>A region becomes a part of a host's name and of a signature.</summary>
    public static string Checked(string region) =>
        region.Length > 0 && region.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
                ? region
        : throw new ToolException(Fault.MalformedInput, $"'{region}' is not the name of a region");
}
