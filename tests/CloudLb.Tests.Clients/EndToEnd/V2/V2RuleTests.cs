using System.Xml.Linq;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>Rules of application load balancers, and where requests go by them.</summary>
public sealed class V2RuleTests(SharedServer server)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_go_by_rules_and_what_is_changed_of_them_holds()
    {
        await using var web = await Backend.StartAsync(Token);
        await using var api = await Backend.StartAsync(Token);
        var vpc = await CreateAsync("v2-rules");
        var (ofWeb, ofApi) = (await GroupAsync("v2-rules-web", vpc, web), await GroupAsync("v2-rules-api", vpc, api));
        var arn = (await CallAsync($"Action=DescribeLoadBalancers&Names.member.1=v2-rules", "LoadBalancerArn"))!;
        var listener = (await CallAsync(
            $"Action=CreateListener&LoadBalancerArn={arn}&Protocol=HTTP&Port={Ports.Http}" +
            $"&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={ofWeb}", "ListenerArn"))!;
        var rule = (await CallAsync(
            $"Action=CreateRule&ListenerArn={listener}&Priority=10{Path("/api/*")}" +
            $"&Actions.member.1.Type=forward&Actions.member.1.TargetGroupArn={ofApi}", "RuleArn"))!;
        await CallAsync(
            $"Action=CreateRule&ListenerArn={listener}&Priority=20{Path("/teapot")}&Actions.member.1.Type=fixed-response" +
            "&Actions.member.1.FixedResponseConfig.StatusCode=418&Actions.member.1.FixedResponseConfig.ContentType=text/plain" +
            "&Actions.member.1.FixedResponseConfig.MessageBody=short%20%26%20stout", "RuleArn");
        await CallAsync(
            $"Action=CreateRule&ListenerArn={listener}&Priority=30&Conditions.member.1.Field=host-header" +
            "&Conditions.member.1.Values.member.1=*.example.com&Actions.member.1.Type=redirect" +
            "&Actions.member.1.RedirectConfig.StatusCode=HTTP_301&Actions.member.1.RedirectConfig.Protocol=HTTPS" +
            "&Actions.member.1.RedirectConfig.Port=443", "RuleArn");
        var url = await server.Process.TrafficUrlAsync("v2-rules", Token);

        await AnswersAsync(url, "/", (200, web.Address));
        await AnswersAsync(url, "/api/x", (200, api.Address));
        await AnswersAsync(url, "/api", (200, web.Address));
        await AnswersAsync(url, "/teapot", (418, "short & stout"));
        await Wait.ForAsync(
            () => LocationAsync(url, "/a?b=c", "www.example.com"), location => location == "https://www.example.com:443/a?b=c", Token);

        await CallAsync($"Action=ModifyRule&RuleArn={rule}{Path("/v1/*")}", "RuleArn");
        await AnswersAsync(url, "/v1/x", (200, api.Address));
        await AnswersAsync(url, "/api/x", (200, web.Address));
        await CallAsync(
            $"Action=ModifyRule&RuleArn={rule}&Conditions.member.1.Field=path-pattern" +
            "&Conditions.member.1.RegexValues.member.1=%5E/v%5Cd%2B/", "RuleArn");
        await AnswersAsync(url, "/v12/x", (200, api.Address));
        await AnswersAsync(url, "/vx/x", (200, web.Address));
        await CallAsync($"Action=DeleteRule&RuleArn={rule}", null);
        await AnswersAsync(url, "/v1/x", (200, web.Address));

        await CallAsync(
            $"Action=ModifyListener&ListenerArn={listener}&DefaultActions.member.1.Type=forward" +
            $"&DefaultActions.member.1.ForwardConfig.TargetGroups.member.1.TargetGroupArn={ofWeb}" +
            "&DefaultActions.member.1.ForwardConfig.TargetGroups.member.1.Weight=0" +
            $"&DefaultActions.member.1.ForwardConfig.TargetGroups.member.2.TargetGroupArn={ofApi}" +
            "&DefaultActions.member.1.ForwardConfig.TargetGroups.member.2.Weight=1", "ListenerArn");
        await AnswersAsync(url, "/", (200, api.Address));

        await CallAsync($"Action=DeregisterTargets&TargetGroupArn={ofApi}&Targets.member.1.Id={api.Address}", null);
        await Wait.ForAsync(() => TextAsync(url, "/"), answer => answer.Status == 503, Token);
        Assert.StartsWith("<html>\r\n<head><title>503 Service Temporarily Unavailable</title>", (await TextAsync(url, "/")).Text);
        await CallAsync($"Action=DeleteLoadBalancer&LoadBalancerArn={arn}", null);
    }

    private static string Path(string pattern) =>
        $"&Conditions.member.1.Field=path-pattern&Conditions.member.1.Values.member.1={Uri.EscapeDataString(pattern)}";

    private static Task AnswersAsync(Uri url, string path, (int Status, string Text) expected) =>
        Wait.ForAsync(() => TextAsync(url, path), answer => answer == expected, Token);

    /// <summary>No status as long as nothing listens there.</summary>
    private static async Task<(int Status, string Text)> TextAsync(Uri url, string path)
    {
        try
        {
            using var response = await GetAsync(url, path, "web.test");
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token));
        }
        catch (HttpRequestException exception)
        {
            return (0, exception.Message);
        }
    }

    private static async Task<string?> LocationAsync(Uri url, string path, string host)
    {
        using var response = await GetAsync(url, path, host);
        return response.Headers.Location?.OriginalString;
    }

    private static async Task<HttpResponseMessage> GetAsync(Uri url, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, path)) { Headers = { Host = host } };
        return await Http.SendAsync(request, Token);
    }

    /// <summary>Makes a load balancer of two subnets that are taken at their word; answers its VPC.</summary>
    private async Task<string> CreateAsync(string name) => (await CallAsync(
        $"Action=CreateLoadBalancer&Name={name}&Subnets.member.1=subnet-00000000&Subnets.member.2=subnet-00000001", "VpcId"))!;

    private async Task<string> GroupAsync(string name, string vpc, Backend target)
    {
        var group = (await CallAsync(
            $"Action=CreateTargetGroup&Name={name}&Protocol=HTTP&Port={target.Port}&TargetType=ip&VpcId={vpc}&HealthCheckPath=/health" +
            "&HealthCheckIntervalSeconds=5&HealthCheckTimeoutSeconds=2", "TargetGroupArn"))!;
        await CallAsync($"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={target.Address}", null);
        return group;
    }

    /// <summary>The first element of that name in the answer to a call that must succeed.</summary>
    private async Task<string?> CallAsync(string form, string? name)
    {
        var answer = await server.Api.SendAsync($"{form}&Version=2015-12-01", Token);
        Assert.True(answer.Status == 200, $"{form}: {answer.Body}");
        return XElement.Parse(answer.Body).Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
    }
}
