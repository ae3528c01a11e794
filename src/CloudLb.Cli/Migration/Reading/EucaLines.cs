using System.Globalization;
using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Reading;

/// <summary>
/// The lines of <c>eulb-describe-lbs --show-long</c>: columns parted by tabs, structures in braces. The short form has no listeners and is
/// refused.
/// </summary>
internal static class EucaLines
{
    private const string Type = "LOAD_BALANCER", Nothing = "(nil)";
    private const int Columns = 17;

    public static bool Is(string text) => text.AsSpan().TrimStart().StartsWith(Type, StringComparison.Ordinal);

    /// <returns>The answer that the lines were made of.</returns>
    /// <exception cref="InvalidDataException">They are not those of the long form.</exception>
    public static JsonObject Read(string text) => new()
    {
        ["LoadBalancerDescriptions"] = new JsonArray(
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))
                .Where(line => line.StartsWith(Type, StringComparison.Ordinal)).Select(One),
        ]),
    };

    private static JsonObject One(string line)
    {
        var columns = line.Split('\t').Select(column => column == Nothing ? "" : column).ToArray();
        if (columns.Length < Columns)
        {
            throw new InvalidDataException($"a line has {columns.Length} columns and not {Columns}: print it with --show-long.");
        }

        var check = EucaStructure.Of(columns[5]).FirstOrDefault();
        return new()
        {
            ["LoadBalancerName"] = columns[1], ["DNSName"] = columns[2],
            ["HealthCheck"] = check is null ? null : new JsonObject
            {
                ["Interval"] = Number(check, "interval"), ["Target"] = check.Find("target"), ["Timeout"] = Number(check, "timeout"),
                ["HealthyThreshold"] = Number(check, "healthy-threshold"), ["UnhealthyThreshold"] = Number(check, "unhealthy-threshold"),
            },
            ["AvailabilityZones"] = Names(columns[6]), ["Subnets"] = Names(columns[7]),
            ["Instances"] = new JsonArray([.. Split(columns[9]).Select(id => new JsonObject { ["InstanceId"] = id })]),
            ["ListenerDescriptions"] = new JsonArray([.. EucaStructure.Of(columns[10]).Select(Listener)]),
            ["BackendServerDescriptions"] = new JsonArray([.. EucaStructure.Of(columns[11]).Select(server => new JsonObject
            {
                ["InstancePort"] = Number(server, "instance-port"), ["PolicyNames"] = Wire.List(server.Names),
            })]),
            ["Policies"] = new JsonObject
            {
                ["AppCookieStickinessPolicies"] = new JsonArray([.. EucaStructure.Of(columns[12]).Select(policy => new JsonObject
                {
                    ["PolicyName"] = policy.Find("policy-name"), ["CookieName"] = policy.Find("cookie-name"),
                })]),
                ["LBCookieStickinessPolicies"] = new JsonArray([.. EucaStructure.Of(columns[13]).Select(policy => new JsonObject
                {
                    ["PolicyName"] = policy.Find("policy-name"), ["CookieExpirationPeriod"] = Number(policy, "expiration-period"),
                })]),
                ["OtherPolicies"] = Names(columns[14].Trim('{', '}')),
            },
            ["SecurityGroups"] = Names(columns[16].Trim('{', '}')), ["Scheme"] = columns.Length > 18 ? columns[18] : null,
        };
    }

    private static JsonObject Listener(EucaStructure listener) => new()
    {
        ["Listener"] = new JsonObject
        {
            ["Protocol"] = listener.Find("protocol"), ["LoadBalancerPort"] = Number(listener, "lb-port"),
            ["InstanceProtocol"] = listener.Find("instance-protocol"), ["InstancePort"] = Number(listener, "instance-port"),
            ["SSLCertificateId"] = listener.Find("cert-id"),
        },
        ["PolicyNames"] = Wire.List(listener.Names),
    };

    private static IEnumerable<string> Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static JsonArray Names(string list) => Wire.List(Split(list));

    private static JsonNode? Number(EucaStructure structure, string name) => structure.Find(name) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InvalidDataException($"'{name}={text}' is no number.");
}
