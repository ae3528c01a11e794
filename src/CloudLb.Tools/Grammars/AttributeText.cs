using System.Globalization;
using CloudLb.Elb.Contracts;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Grammars;

/// <summary>A load balancer's attributes by dotted names: <c>ConnectionSettings.IdleTimeout=120</c>.</summary>
internal sealed class AttributeText
{
    private const string Additional = "AdditionalAttributes.";

    private static readonly string[] Names =
    [
        "AccessLog.EmitInterval", "AccessLog.Enabled", "AccessLog.S3BucketName", "AccessLog.S3BucketPrefix", "ConnectionDraining.Enabled",
        "ConnectionDraining.Timeout", "ConnectionSettings.IdleTimeout", "CrossZoneLoadBalancing.Enabled",
    ];

    private readonly Dictionary<string, string> _values = [];

    private AttributeText()
    {
    }

    public static LoadBalancerAttributes Parse(IEnumerable<string> pairs)
    {
        var text = new AttributeText();
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? pair : pair[..equals];
            if (equals < 0
                || (!Names.Contains(name) && !(name.StartsWith(Additional, StringComparison.Ordinal) && name.Length > Additional.Length)))
            {
                throw Fault(pair, equals < 0 ? "it must be ATTRIBUTE=VALUE" : $"it is none of {string.Join(", ", Names)}, {Additional}KEY");
            }

            text._values[name] = pair[(equals + 1)..];
        }

        return text.Attributes();
    }

    /// <summary>All that is set, by name, in the order of the names.</summary>
    public static IEnumerable<(string Name, string? Value)> Write(LoadBalancerAttributes attributes)
    {
        (string Name, string? Value)[] all =
        [
            ("AccessLog.EmitInterval", Text(attributes.AccessLog?.EmitInterval)),
            ("AccessLog.Enabled", Text(attributes.AccessLog?.Enabled)),
            ("AccessLog.S3BucketName", attributes.AccessLog?.S3BucketName),
            ("AccessLog.S3BucketPrefix", attributes.AccessLog?.S3BucketPrefix),
            ("ConnectionDraining.Enabled", Text(attributes.ConnectionDraining?.Enabled)),
            ("ConnectionDraining.Timeout", Text(attributes.ConnectionDraining?.Timeout)),
            ("ConnectionSettings.IdleTimeout", Text(attributes.ConnectionSettings?.IdleTimeout)),
            ("CrossZoneLoadBalancing.Enabled", Text(attributes.CrossZoneLoadBalancing?.Enabled)),
            .. attributes.AdditionalAttributes?.Select(attribute => (Additional + attribute.Key, attribute.Value)) ?? [],
        ];
        return all.Where(attribute => attribute.Value is not null).OrderBy(attribute => attribute.Name, StringComparer.Ordinal);
    }

    private LoadBalancerAttributes Attributes()
    {
        var additional = _values.Where(value => value.Key.StartsWith(Additional, StringComparison.Ordinal))
            .Select(value => new AdditionalAttribute { Key = value.Key[Additional.Length..], Value = value.Value }).ToList();
        return new()
        {
            AccessLog = Any("AccessLog.")
                ? new()
                {
                    Enabled = Enabled("AccessLog"), EmitInterval = Number("AccessLog.EmitInterval"),
                    S3BucketName = _values.GetValueOrDefault("AccessLog.S3BucketName"),
                    S3BucketPrefix = _values.GetValueOrDefault("AccessLog.S3BucketPrefix"),
                }
                : null,
            ConnectionDraining = Any("ConnectionDraining.")
                ? new() { Enabled = Enabled("ConnectionDraining"), Timeout = Number("ConnectionDraining.Timeout") }
                : null,
            ConnectionSettings = Number("ConnectionSettings.IdleTimeout") is { } timeout ? new() { IdleTimeout = timeout } : null,
            CrossZoneLoadBalancing = Any("CrossZoneLoadBalancing.") ? new() { Enabled = Enabled("CrossZoneLoadBalancing") } : null,
            AdditionalAttributes = additional.Count > 0 ? additional : null,
        };
    }

    private bool Any(string prefix) => _values.Keys.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The service takes no part of a group without it.</summary>
    private bool Enabled(string group) => !_values.TryGetValue($"{group}.Enabled", out var value)
        ? throw Fault(group, $"{group}.Enabled must be given too")
        : bool.TryParse(value, out var enabled) ? enabled : throw Fault($"{group}.Enabled={value}", "it must be true or false");

    private int? Number(string name) => !_values.TryGetValue(name, out var value)
        ? null
        : int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault($"{name}={value}", "it must be a number");

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(bool? value) => value switch { null => null, true => "true", false => "false" };

    private static ToolException Fault(string text, string what) => new(Running.Fault.MalformedInput, $"attribute '{text}': {what}");
}
