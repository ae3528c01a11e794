using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// A connection that a client keeps open while processes follow each other is served as a new one would be: by who is registered, in
/// service and allowed.
/// </summary>
public sealed class KeptConnectionTests
{
    private const int OtherPort = 8090;

    [Fact]
    public async Task A_request_on_it_goes_to_no_instance_that_was_deregistered_since()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned());
        var kept = await KeptAsync(running, web, 8);
        await running.ApplyAsync(web, Plans.LoadBalancer("other"));
        await running.ApplyAsync(web.With(second.Planned()), Plans.LoadBalancer("other"));

        foreach (var (connection, number) in kept.Select((connection, number) => (connection, number)))
        {
            Assert.Equal((200, "i-2"), number % 2 == 0 ? await connection.PostAsync("some body") : await connection.GetAsync());
            connection.Dispose();
        }
    }

    [Fact]
    public async Task A_request_on_it_goes_to_instances_that_were_registered_since_and_without_any_is_told_so()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned());
        var other = Plans.LoadBalancer("other");
        var kept = await KeptAsync(running, web, 2);

        // Three processes on.
        await running.ApplyAsync(web, other);
        await running.ApplyAsync(web, other, Plans.LoadBalancer("third"));
        await running.ApplyAsync(web, other, Plans.LoadBalancer("third"), Plans.LoadBalancer("fourth"));
        Assert.Equal(4, running.Generation);
        await running.ApplyAsync(web.With(), other);
        Assert.Equal(503, (await kept[0].GetAsync())?.Status);

        var now = web.With(second.Planned());
        await running.ApplyAsync(now, other);
        await running.IsPassingAsync(now, "i-2");
        Assert.Equal((200, "i-2"), await kept[1].GetAsync());
        kept.ForEach(connection => connection.Dispose());
    }

    [Fact]
    public async Task A_request_on_it_goes_to_no_instance_that_fails_its_checks_by_now()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned()).Checked(Plans.FastProbe);
        var kept = await KeptAsync(running, web, 8);
        await running.ApplyAsync(web, Plans.LoadBalancer("other"));

        first.CheckStatus = 500;
        await Eventually.IsTrueAsync(
            () => running.Health(web, "i-1") == Core.Traffic.Health.ObservedHealth.Failed, "i-1 is out of service");

        foreach (var connection in kept)
        {
            Assert.Equal((200, "i-2"), await connection.GetAsync());
            connection.Dispose();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_ends_without_an_answer_when_its_listener_is_deleted(bool isHandedOver)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        var both = web with { Listeners = [web.Listeners[0], Plans.Listener(OtherPort)] };
        using var kept = Assert.Single(await KeptAsync(running, both, 1, OtherPort));
        using var of = Assert.Single(await KeptAsync(running, both, 1));
        await running.ApplyAsync(isHandedOver ? [both, Plans.LoadBalancer("other")] : [both]);

        await running.ApplyAsync(web);

        Assert.Null(await kept.GetAsync());
        Assert.Equal((200, "i-1"), await of.GetAsync());
        Assert.Equal(1, instance.Requests - 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_ends_without_an_answer_when_its_load_balancer_is_deleted(bool isHandedOver)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var (web, other) = (Plans.LoadBalancer("web", instance.Planned()), Plans.LoadBalancer("other"));
        await running.ApplyAsync(web, other);
        await running.IsPassingAsync(web, "i-1");
        using var kept = Assert.Single(await KeptAsync(running, web, 1, plan: [web, other]));
        await running.ApplyAsync(isHandedOver ? [other, Plans.LoadBalancer("third")] : [other]);

        Assert.Null(await kept.GetAsync());
    }

    [Fact]
    public async Task It_ends_without_an_answer_when_its_port_speaks_TLS_by_now()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var certificate = running.Certificates.Add(TestCertificate.SelfSigned());
        var web = Plans.LoadBalancer("web", instance.Planned());
        using var kept = Assert.Single(await KeptAsync(running, web, 1));

        await running.ApplyAsync(web.Secure(Plans.Tls(certificate)));

        Assert.Null(await kept.GetAsync());
    }

    [Theory]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData(null, false)]
    public async Task It_ends_without_an_answer_when_its_client_may_not_connect_any_more(string? allowed, bool isAllowed)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        using var kept = Assert.Single(await KeptAsync(running, web, 1));

        await running.ApplyAsync(web with { Listeners = [web.Listeners[0] with { AllowedSources = allowed is null ? [] : [allowed] }] });

        Assert.Equal(isAllowed ? (200, "i-1") : null, await kept.GetAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_on_it_says_who_sent_it_and_how_as_every_other(bool isSecure)
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var certificate = running.Certificates.Add(TestCertificate.SelfSigned());
        var web = Plans.LoadBalancer("web", instance.Planned());
        web = isSecure ? web.Secure(Plans.Tls(certificate)) : web;
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        using var kept = await KeptConnection.OpenAsync(web, isSecure: isSecure);
        var before = await kept.GetAsync("/headers", "X-Forwarded-For: 192.0.2.7\r\nX-CloudLb-Passed-On: forged\r\n");
        await running.ApplyAsync(web, Plans.LoadBalancer("other"));

        var after = await kept.GetAsync("/headers", "X-Forwarded-For: 192.0.2.7\r\n");

        Assert.Contains("192.0.2.7, 127.0.0.1", before?.Body, StringComparison.Ordinal);
        Assert.Equal(
            Lines(before).Where(line => !line.StartsWith("x-cloudlb", StringComparison.OrdinalIgnoreCase)),
            Lines(after).Where(line => !line.StartsWith("connection:", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task It_is_served_as_well_when_CloudLb_was_killed_in_between()
    {
        await using var first = await TestInstance.StartAsync("i-1");
        await using var second = await TestInstance.StartAsync("i-2");
        var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", first.Planned(), second.Planned());
        var other = Plans.LoadBalancer("other");
        var kept = await KeptAsync(running, web, 4);
        await running.ApplyAsync(web, other);

        await running.CrashAsync();
        await using var next = await RunningDataPlane.StartAsync(running.Directory);
        await next.ApplyAsync(web.With(second.Planned()), other);

        foreach (var connection in kept)
        {
            Assert.Equal((200, "i-2"), await connection.PostAsync("some body"));
            connection.Dispose();
        }
    }

    /// <summary>Applies the plan and opens connections that have been answered once.</summary>
    private static async Task<List<KeptConnection>> KeptAsync(
        RunningDataPlane running, PlannedLoadBalancer web, int count, int port = Plans.Port, PlannedLoadBalancer[]? plan = null)
    {
        await running.ApplyAsync(plan ?? [web]);
        await running.IsPassingAsync(web, [.. web.Pools[0].Members.Select(member => member.Target)]);
        var kept = new List<KeptConnection>();
        for (var i = 0; i < count; i++)
        {
            kept.Add(await KeptConnection.OpenAsync(web, port));
            Assert.Equal(200, (await kept[i].GetAsync())?.Status);
        }

        return kept;
    }

    private static IEnumerable<string> Lines((int Status, string Body)? answer) =>
        answer!.Value.Body.Split('\n').Order(StringComparer.Ordinal);
}
