using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Planning;

/// <summary>Actions and conditions as they are asked for. AWS describes both with what they say twice.</summary>
internal static class V2Actions
{
    private const string Forward = "ForwardConfig", Group = "TargetGroupArn";

    /// <summary>A forward to one group is its ARN, one to several a list of them with weights.</summary>
    public static JsonArray Of(JsonNode? actions) => [.. List(actions).Select(One)];

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

    private static IEnumerable<JsonObject> List(JsonNode? list) => list is JsonArray items ? items.OfType<JsonObject>() : [];

    private static JsonObject One(JsonObject action, int index)
    {
        var asked = action.DeepClone().AsObject();
        if (index == 0 && Wire.Text(asked, "Order") == "1")
        {
            asked.Remove("Order");
        }

        var groups = Wire.Items(asked[Forward], "TargetGroups").ToList();
        var isSticky = Wire.IsTrue(Wire.Of(asked[Forward], "TargetGroupStickinessConfig"), "Enabled");
        if (groups.Count == 0)
        {
            return asked;
        }

        if (groups.Count > 1 || isSticky)
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
