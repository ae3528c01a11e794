using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Planning;

/// <summary>What a new Classic load balancer's attributes are, at AWS as here.</summary>
internal static class ClassicDefaults
{
    private const string AccessLog = "AccessLog", Draining = "ConnectionDraining";

    public static JsonNode? Of(string section) => section switch
    {
        "CrossZoneLoadBalancing" => new JsonObject { ["Enabled"] = false },
        AccessLog or Draining => new JsonObject { ["Enabled"] = false },
        "ConnectionSettings" => new JsonObject { ["IdleTimeout"] = 60 },
        "AdditionalAttributes" => new JsonArray(
            new JsonObject { ["Key"] = "elb.http.desyncmitigationmode", ["Value"] = "defensive" }),
        _ => null,
    };

    /// <summary>A section with nothing in it that has no effect: what is switched off has no details.</summary>
    public static JsonNode? Wanted(string section, JsonNode? value) =>
        section is AccessLog or Draining && value is not null && !Wire.IsTrue(value, "Enabled") ? Of(section) : value?.DeepClone();
}
