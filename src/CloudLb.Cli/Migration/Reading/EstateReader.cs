using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Reading;

/// <summary>Reads what a server has, with the describe actions that any client uses.</summary>
internal sealed class EstateReader(ApiCalls calls)
{
    /// <summary>As many as AWS describes the tags of at once.</summary>
    private const int TagsAtOnce = 20;

    private readonly List<ReadDocument> _documents = [];

    /// <returns>The answers, each with what it is about beside it where it does not say so.</returns>
    public async Task<IReadOnlyList<ReadDocument>> ReadAsync(CancellationToken cancellationToken)
    {
        _documents.Clear();
        foreach (var name in (await PagesAsync(
            ApiService.Classic, "DescribeLoadBalancers", "LoadBalancerDescriptions", "Marker", cancellationToken))
            .Select(one => Wire.Text(one, "LoadBalancerName")!).ToList())
        {
            var about = new JsonObject { ["LoadBalancerName"] = name };
            await AskAsync(ApiService.Classic, "DescribeLoadBalancerAttributes", about, cancellationToken);
            await AskAsync(ApiService.Classic, "DescribeLoadBalancerPolicies", about, cancellationToken);
            await AskAsync(
                ApiService.Classic, "DescribeTags", new() { ["LoadBalancerNames"] = Wire.List([name]) }, cancellationToken);
        }

        var arns = new List<string>();
        foreach (var arn in await ArnsAsync("DescribeTargetGroups", "TargetGroups", "TargetGroupArn", cancellationToken))
        {
            var about = new JsonObject { ["TargetGroupArn"] = arn };
            await AskAsync(ApiService.V2, "DescribeTargetGroupAttributes", about, cancellationToken);
            await AskAsync(ApiService.V2, "DescribeTargetHealth", about, cancellationToken);
            arns.Add(arn);
        }

        foreach (var arn in await ArnsAsync("DescribeLoadBalancers", "LoadBalancers", "LoadBalancerArn", cancellationToken))
        {
            var about = new JsonObject { ["LoadBalancerArn"] = arn };
            await AskAsync(ApiService.V2, "DescribeLoadBalancerAttributes", about, cancellationToken);
            arns.Add(arn);
            foreach (var listener in await ArnsAsync("DescribeListeners", "Listeners", "ListenerArn", cancellationToken, about))
            {
                arns.Add(listener);
                arns.AddRange(await ListenerAsync(listener, cancellationToken));
            }
        }

        foreach (var some in arns.Chunk(TagsAtOnce))
        {
            await AskAsync(ApiService.V2, "DescribeTags", new() { ["ResourceArns"] = Wire.List(some) }, cancellationToken);
        }

        return [.. _documents];
    }

    /// <returns>The ARNs of its rules that can have tags.</returns>
    private async Task<IEnumerable<string>> ListenerAsync(string arn, CancellationToken cancellationToken)
    {
        var about = new JsonObject { ["ListenerArn"] = arn };
        await AskAsync(ApiService.V2, "DescribeListenerAttributes", about, cancellationToken);
        await AskAsync(ApiService.V2, "DescribeListenerCertificates", about, cancellationToken);
        return (await PagesAsync(ApiService.V2, "DescribeRules", "Rules", "Marker", cancellationToken, about))
            .Where(rule => !Wire.IsTrue(rule, "IsDefault")).Select(rule => Wire.Text(rule, "RuleArn")!).ToList();
    }

    private async Task<List<string>> ArnsAsync(
        string action, string list, string arn, CancellationToken cancellationToken, JsonObject? about = null) =>
        [.. (await PagesAsync(ApiService.V2, action, list, "Marker", cancellationToken, about)).Select(one => Wire.Text(one, arn)!)];

    private async Task<List<JsonObject>> PagesAsync(
        ApiService service, string action, string list, string marker, CancellationToken cancellationToken, JsonObject? about = null)
    {
        var all = new List<JsonObject>();
        for (var request = about?.DeepClone().AsObject() ?? []; ;)
        {
            var answer = await AskAsync(service, action, request, cancellationToken);
            all.AddRange(Wire.Items(answer, list));
            if (Wire.Text(answer, "NextMarker") is not { Length: > 0 } next)
            {
                return all;
            }

            request[marker] = next;
        }
    }

    private async Task<JsonObject> AskAsync(
        ApiService service, string action, JsonObject request, CancellationToken cancellationToken)
    {
        JsonObject answer;
        try
        {
            answer = await calls.SendAsync(service, action, request, cancellationToken);
        }
        catch (RefusedException exception) when (exception.Code == "InvalidAction"
            || exception.Code.EndsWith("NotFound", StringComparison.Ordinal))
        {
            // An action that this server does not have tells nothing, and nor does what somebody has deleted meanwhile.
            return [];
        }

        var document = answer.DeepClone().AsObject();
        foreach (var member in DocumentSubject.Members.Where(request.ContainsKey))
        {
            document[member] = request[member]!.DeepClone();
        }

        if (document.Count > 0)
        {
            _documents.Add(new(document, $"{service.Name} {action}"));
        }

        return answer;
    }
}
