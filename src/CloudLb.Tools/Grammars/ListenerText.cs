using System.Globalization;
using CloudLb.Elb.Contracts;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Grammars;

/// <summary>A listener as the commands spell it: <c>protocol=HTTP, lb-port=80, instance-port=8080</c>, in any order.</summary>
internal static class ListenerText
{
    private static readonly string[] Keys = ["protocol", "lb-port", "instance-port", "instance-protocol", "cert-id"];
    private static readonly string[] Protocols = ["HTTP", "HTTPS", "SSL", "TCP"];

    public static Listener Parse(string text)
    {
        var pairs = Pairs(text);
        var protocol = Protocol(text, pairs, "protocol") ?? throw Fault(text, "protocol is missing");
        var instanceProtocol = Protocol(text, pairs, "instance-protocol");
        if (instanceProtocol is not null && IsHttp(instanceProtocol) != IsHttp(protocol))
        {
            throw Fault(text, "HTTP and HTTPS go with HTTP and HTTPS, SSL and TCP with SSL and TCP");
        }

        return new()
        {
            Protocol = protocol, InstanceProtocol = instanceProtocol, LoadBalancerPort = Port(text, pairs, "lb-port"),
            InstancePort = Port(text, pairs, "instance-port"), SSLCertificateId = pairs.GetValueOrDefault("cert-id"),
        };
    }

    private static Dictionary<string, string> Pairs(string text)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || part.IndexOf('=', equals + 1) >= 0)
            {
                throw Fault(text, $"'{part}' is not KEY=VALUE");
            }

            var (key, value) = (part[..equals].Trim(), part[(equals + 1)..].Trim());
            if (!Keys.Contains(key))
            {
                throw Fault(text, $"'{key}' is none of {string.Join(", ", Keys)}");
            }

            if (value.Length == 0 || !pairs.TryAdd(key, value))
            {
                throw Fault(text, value.Length == 0 ? $"{key} is empty" : $"{key} stands there twice");
            }
        }

        return pairs;
    }

    private static string? Protocol(string text, Dictionary<string, string> pairs, string key)
    {
        var protocol = pairs.GetValueOrDefault(key)?.ToUpperInvariant();
        return protocol is null || Protocols.Contains(protocol)
            ? protocol
            : throw Fault(text, $"{key} '{pairs[key]}' is none of {string.Join(", ", Protocols)}");
    }

    private static int Port(string text, Dictionary<string, string> pairs, string key) => !pairs.TryGetValue(key, out var value)
        ? throw Fault(text, $"{key} is missing")
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw Fault(text, $"{key} '{value}' is not a number");

    private static bool IsHttp(string protocol) => protocol is "HTTP" or "HTTPS";

    private static ToolException Fault(string text, string what) => new(Running.Fault.MalformedInput, $"listener '{text}': {what}");
}
