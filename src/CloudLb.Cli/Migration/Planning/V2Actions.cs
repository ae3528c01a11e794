using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Planning;

/// <summary>Actions and conditions as they are asked for. AWS describes both with what they say twice.</summary>
internal static class V2Actions
{
    public const string Secret = "ClientSecret";

    private const string Forward = "ForwardConfig", Group = "TargetGroupArn";

    /// <summary>Without the secrets, which are given and never described.</summary>
    public static JsonArray Told(JsonNode? actions)
    {
        var told = Of(actions);
        foreach (var action in SignIns(told))
        {
            action.Remove(Secret);
        }

        return told;
    }

    /// <summary>The configurations of actions that need the secret of a client, and do not have it.</summary>
    public static IEnumerable<JsonObject> WithoutSecret(JsonArray actions) =>
        SignIns(actions).Where(one => Wire.Text(one, Secret) is null);

    /// <summary>A forward to one group is its ARN, where its weight is AWS's 1; one to several a list of them with weights.</summary>
    public static JsonArray Of(JsonNode? actions)
    {
        var all = List(actions).ToList();
        return [.. all.Select(action => One(action, isAlone: all.Count == 1))];
    }

    public static JsonArray Conditions(JsonNode? conditions) => [.. List(conditions).Select(condition =>
    {
        var asked = condition.DeepClone().AsObject();
        if (asked.Any(member => member.Key.EndsWith("Config", StringComparison.Ordinal)))
        {
            // Values beside the field's own configuration are the old form of the same.
            asked.Remove("Values");
        }

        return asked;
    })];

    private static IEnumerable<JsonObject> SignIns(JsonArray actions) =>
        List(actions).Select(action => action["AuthenticateOidcConfig"]).OfType<JsonObject>();

    private static IEnumerable<JsonObject> List(JsonNode? list) => list is JsonArray items ? items.OfType<JsonObject>() : [];

    private static JsonObject One(JsonObject action, bool isAlone)
    {
        var asked = action.DeepClone().AsObject();
        if (isAlone && Wire.Text(asked, "Order") == "1")
        {
            asked.Remove("Order");
        }

        var groups = Wire.Items(asked[Forward], "TargetGroups").ToList();
        var isSticky = Wire.IsTrue(Wire.Of(asked[Forward], "TargetGroupStickinessConfig"), "Enabled");
        if (groups.Count == 0)
        {
            return asked;
        }

        if (groups.Count > 1 || isSticky || Wire.Text(groups[0], "Weight") is not (null or "1"))
        {
            asked.Remove(Group);
            if (!isSticky)
            {
                asked[Forward]!.AsObject().Remove("TargetGroupStickinessConfig");
            }
        }
        else
        {
            asked[Group] = Wire.Text(groups[0], Group);
            asked.Remove(Forward);
        }

        return asked;
    }
}
