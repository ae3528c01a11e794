using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Requests whose target has no path meet the rules that ask for one, or nobody.</summary>
public sealed class PathlessTargetTests
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    [Theory]
    [InlineData("GET http://web.test", 403)]
    [InlineData("GET http://web.test/", 403)]
    [InlineData("GET *", 400)]
    [InlineData("GET web.test", 400)]
    [InlineData("GET web.test/kept", 400)]
    [InlineData("OPTIONS web.test/kept", 400)]
    [InlineData("OPTIONS *", 200)]
    [InlineData("OPTIONS http://web.test", 200)]
    [InlineData("GET http://web.test/open", 200)]
    [InlineData("GET /open", 200)]
    public async Task No_request_gets_past_a_rule_by_leaving_its_path_out(string line, int expected)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var listener = ApplicationPlans.Listener() with
        {
            Rules =
            [
                new(
                    1, [new PlannedCondition.Path([new("/"), new("/kept*")])],
                    new PlannedAction.FixedResponse(403, "text/plain", "")),
            ],
        };
        foreach (var isOwn in new[] { false, true })
        {
            var web = (ApplicationPlans.LoadBalancer("web", instance.Planned()) with { Listeners = [listener] })
                .With(http => http with { HidesServer = isOwn });
            await running.ApplyAsync(web);
            await running.IsPassingAsync(web, "i-1");

            var answer = await RawClient.AskAsync(web, $"{line} HTTP/1.1\r\nHost: web.test\r\nConnection: close\r\n\r\n");

            Assert.Equal(expected, int.Parse(answer.Split(' ')[1]));
            Assert.Equal(expected == 200 ? 1 : 0, instance.Heads.Count);
            instance.Heads.Clear();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_stands_for_the_root_reaches_a_target(bool isOwn)
    {
        await using var instance = RawInstance.Start(Answer);
        await using var running = await RunningDataPlane.StartAsync();
        var listener = ApplicationPlans.Listener() with
        {
            Rules = [new(1, [new PlannedCondition.Path([new("/kept*")])], new PlannedAction.FixedResponse(403, "text/plain", ""))],
        };
        var web = (ApplicationPlans.LoadBalancer("web", instance.Planned()) with { Listeners = [listener] })
            .With(http => http with { HidesServer = isOwn });
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        var answer = await RawClient.AskAsync(web, "GET http://web.test HTTP/1.1\r\nHost: Web.Test\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Single(instance.Heads);
    }
}
