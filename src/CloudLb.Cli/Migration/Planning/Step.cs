using System.Text;
using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Planning;

/// <summary>
/// One call that makes something. ARNs of what is made before are those of the source; whoever sends it puts others there.
/// </summary>
internal sealed record Step
{
    public required ApiService Service { get; init; }

    public required string Action { get; init; }

    /// <summary>The request's members, and no others.</summary>
    public required JsonObject Request { get; init; }

    /// <summary>What it does, for people: <c>web: listener HTTP 80</c>. The same thing is called the same in every plan.</summary>
    public required string Text { get; init; }

    /// <summary>What <see cref="Text"/> speaks of, where the items of a list are told by themselves.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The source's ARN of what is made, which the answer has another for.</summary>
    public string? Makes { get; init; }

    /// <summary>A list of the request whose items can be asked for one by one, so that one that is refused takes no other along.</summary>
    public string? Divisible { get; init; }

    /// <exception cref="RefusedException">The source's description makes no request.</exception>
    public static Step Of(ApiService service, string action, JsonObject members, string text)
    {
        try
        {
            var request = service.Operation(action).ReadRequest(Encoding.UTF8.GetBytes(members.ToJsonString()));
            return new() { Service = service, Action = action, Request = JsonNode.Parse(request)!.AsObject(), Text = text };
        }
        catch (InvalidDataException exception)
        {
            throw new RefusedException("ValidationError", exception.Message);
        }
    }

    /// <summary>An item of such a list, for people.</summary>
    public static string ItemText(JsonNode? item) =>
        Wire.Text(item, "Key") is { } key ? $"{key} = {Wire.Text(item, "Value")}"
            : Wire.Text(item, "InstanceId") ?? (Wire.Text(item, "Id") is { } id ? $"{id} {Wire.Text(item, "Port")}".TrimEnd() : $"{item}");

    /// <summary>The items of <see cref="Divisible"/>, each in a step of its own.</summary>
    public IEnumerable<Step> Divided()
    {
        var items = Divisible is null ? null : Request[Divisible] as JsonArray;
        return items is null || items.Count < 2
            ? []
            : items.Select(item =>
            {
                var request = Request.DeepClone().AsObject();
                request[Divisible!] = new JsonArray(item!.DeepClone());
                return this with { Request = request, Text = $"{Subject}: {ItemText(item)}", Divisible = null };
            });
    }
}
