using System.Globalization;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Grammars;

/// <summary>What a health check asks, <c>HTTP:80/path</c> or <c>TCP:22</c>; the protocol in any case.</summary>
internal static class HealthTargetText
{
    /// <summary>As AWS spells it. A protocol that is not known here is the service's to refuse.</summary>
    public static string Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            throw Fault(text, "it must be PROTOCOL:PORT or PROTOCOL:PORT/PATH");
        }

        var protocol = text[..colon].Trim().ToUpperInvariant();
        if (protocol is not ("HTTP" or "HTTPS" or "SSL" or "TCP"))
        {
            return text;
        }

        var behind = text[(colon + 1)..].Trim();
        var slash = behind.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 && (protocol is "HTTP" or "HTTPS"))
        {
            throw Fault(text, $"{protocol} needs a path");
        }

        var port = slash < 0 ? behind : behind[..slash];
        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? $"{protocol}:{behind}"
            : throw Fault(text, $"the port '{port}' is not a number");
    }

    private static ToolException Fault(string text, string what) => new(Running.Fault.MalformedInput, $"target '{text}': {what}");
}
