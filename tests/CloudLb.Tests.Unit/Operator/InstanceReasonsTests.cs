using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Status;
using CloudLb.Core.Traffic.Told;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Health;
using CloudLb.Elb.Status;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Operator;

public sealed class InstanceReasonsTests
{
    private static readonly EngineProcess Cell = new(1, 4711, 3, 2, 0);

    private static readonly ServedInstance Member = new() { InstanceId = "i-1", IsThere = true, UnchangedFor = TimeSpan.FromMinutes(3) };

    private static readonly CheckAnswer Passed = new(CheckOutcome.Passed, "L7OK", 200, "", TimeSpan.Zero);

    // 2 failures take out, 3 passes bring back.
    private static readonly LoadBalancer Web = Sample.LoadBalancer().WithInstances([Sample.Instance("i-1")], Sample.Quotas) with
    {
        HealthCheck = new()
        {
            Target = HealthCheckTarget.Parse("HTTP:8000/ping"), Interval = TimeSpan.FromSeconds(30), Timeout = TimeSpan.FromSeconds(5),
            HealthyThreshold = 3, UnhealthyThreshold = 2,
        },
    };

    [Theory]
    [InlineData(
        CheckOutcome.NotConnected, null, "Connection refused", "10.0.0.1 refuses connections on port 8000",
        "Is the program listening on port 8000 at 10.0.0.1")]
    [InlineData(
        CheckOutcome.NotConnected, null, "No route to host", "no connection to 10.0.0.1 on port 8000 (\"No route to host\", 12 ms)",
        "is there a route to it")]
    [InlineData(CheckOutcome.ConnectTimeout, null, "", "did not take a connection on port 8000 within 5 s", "firewall or security group")]
    [InlineData(CheckOutcome.AnswerTimeout, null, "", "did not answer GET http://10.0.0.1:8000/ping within 5 s", "slow or hangs")]
    [InlineData(CheckOutcome.NotHttp, null, "", "is not HTTP", "curl -v 'http://10.0.0.1:8000/ping'")]
    [InlineData(CheckOutcome.WrongStatus, 404, "Not Found", "answered HTTP 404, and 200 is wanted", "Is /ping the right path?")]
    [InlineData(CheckOutcome.WrongStatus, 302, "Found", "answered HTTP 302", "path that the redirect leads to")]
    [InlineData(CheckOutcome.WrongStatus, 403, "Forbidden", "answered HTTP 403", "ELB-HealthChecker/1.0")]
    [InlineData(CheckOutcome.WrongStatus, 503, "", "answered HTTP 503", "it is not well")]
    [InlineData(
        CheckOutcome.ConnectionBroken, null, "Connection reset by peer", "broke before there was an answer", "closes the connection")]
    public void The_last_check_s_answer_is_told_in_words_with_what_to_look_at(
        CheckOutcome outcome, int? code, string text, string words, string advice)
    {
        var told = Explain(
            InstanceHealth.Failed, Member with { LastCheck = new(outcome, "word", code, text, TimeSpan.FromMilliseconds(12)) });

        Assert.False(told.IsInService);
        Assert.Contains(words, told.Reasons[0], StringComparison.Ordinal);
        Assert.Contains(advice, Assert.Single(told.Advice), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "3 passes in a row bring it back; the last check was none.")]
    [InlineData(1, "It has passed once in a row: 2 more bring it back.")]
    [InlineData(2, "It has passed 2 times in a row: 1 more bring it back.")]
    public void How_many_passes_bring_it_back_is_counted(int passes, string words) => Assert.Contains(
        words, Explain(InstanceHealth.Recovering, Member with { PassesInARow = passes, LastCheck = Passed }).Reasons);

    [Theory]
    [InlineData(0, "2 failures in a row would take it out.")]
    [InlineData(1, "It has failed once in a row: 1 more would take it out.")]
    public void How_many_failures_take_it_out_is_counted(int failures, string words)
    {
        var told = Explain(InstanceHealth.InService, Member with { IsUp = true, FailuresInARow = failures, LastCheck = Passed });

        Assert.True(told.IsInService);
        Assert.Contains(words, told.Reasons);
    }

    [Fact]
    public void Since_when_is_told_as_exactly_as_it_is_known()
    {
        Assert.Contains("for 3 min at least", Explain(InstanceHealth.InService, Member).Summary, StringComparison.Ordinal);
        Assert.Contains(
            "since 2026-01-02 11:50:00 UTC (10 min)",
            Explain(InstanceHealth.InService, Member with { ChangedAt = Sample.Noon.AddMinutes(-10) }).Summary,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_under_way_and_one_that_is_due_are_told()
    {
        Assert.Contains("A check is under way now.", Explain(InstanceHealth.Failed, Member with { IsCheckUnderWay = true }).Reasons);
        Assert.Contains("The next check is due within 30 s.", Explain(InstanceHealth.Failed, Member).Reasons);
    }

    [Fact]
    public void A_load_balancer_that_could_not_be_given_to_HAProxy_is_told_with_the_fault()
    {
        var told = Explain(InstanceHealth.Unknown, null, fault: (null, "Its certificate is broken."));

        Assert.Equal("Nothing of web is served, and its instances are not checked: Its certificate is broken.", told.Summary);
        Assert.DoesNotContain(told.Reasons, reason => reason.Contains("certificate", StringComparison.Ordinal));
    }

    [Fact]
    public void A_refused_change_and_a_listener_that_is_not_served_are_told_beside_the_rest()
    {
        var up = Member with { IsUp = true };
        var two = Web with { Listeners = [Sample.Listener(), Sample.Listener(81)] };

        Assert.Contains("Listener 81 is not served: Taken.", Explain(InstanceHealth.InService, up, two, (81, "Taken.")).Reasons);
        Assert.Contains(
            "web is served as it was before its last change, which was refused: No.",
            Explain(InstanceHealth.InService, up, fault: (null, "No.")).Reasons);
        Assert.True(Explain(InstanceHealth.InService, up, two, (81, "Taken.")).IsInService);
        Assert.False(Explain(InstanceHealth.InService, up, fault: (80, "Taken.")).IsInService);
    }

    [Fact]
    public void A_process_that_does_not_answer_leaves_what_was_known_last()
    {
        var told = InstanceReasons.Explain(
            Facts(InstanceHealth.InService, Web) with { Served = new(Cell, "The HAProxy process is gone", []) });

        Assert.True(told.IsInService);
        Assert.Contains("HAProxy could not be asked: The HAProxy process is gone.", told.Reasons);
        Assert.False(InstanceReasons.Explain(Facts(InstanceHealth.Registering, Web) with { Served = null }).IsInService);
    }

    [Fact]
    public void A_terminated_instance_is_to_be_deregistered() =>
        Assert.Contains(
            "aws --endpoint-url http://127.0.0.1:8000 --region us-east-1 elb deregister-instances-from-load-balancer",
            Assert.Single(Explain(InstanceHealth.Terminated, null).Advice), StringComparison.Ordinal);

    [Fact]
    public void An_instance_that_the_inventory_has_forgotten_keeps_its_address() =>
        Assert.Contains(
            "It is registered at 10.0.0.1; the inventory does not know it any more, and what it said then stays in force.",
            Explain(InstanceHealth.Failed, Member).Reasons);

    private static ToldReasons Explain(
        InstanceHealth health, ServedInstance? instance, LoadBalancer? loadBalancer = null, (int? Port, string Reason)? fault = null) =>
        InstanceReasons.Explain(Facts(health, loadBalancer ?? Web) with
        {
            Served = new(Cell, null, instance is null ? [] : [instance]),
            Faults = fault is { } told ? [new(Web.Key.ToId(), told.Port, told.Reason)] : [],
        });

    private static InstanceFacts Facts(InstanceHealth health, LoadBalancer loadBalancer) => new()
    {
        LoadBalancer = loadBalancer, InstanceId = "i-1", Health = health, Known = null, Faults = [], Served = null, Engine = "HAProxy",
        Now = Sample.Noon,
        Endpoint = "http://127.0.0.1:8000",
    };
}
