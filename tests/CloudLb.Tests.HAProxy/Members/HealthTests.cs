using System.Net;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;

namespace CloudLb.Tests.HAProxy;

/// <summary>What HAProxy says of its checks, and what becomes known of a member by it.</summary>
public sealed class HealthTests
{
    private static readonly MemberName Name = new("a:b", "i-1");
    private static readonly PlannedMember Member = new() { Target = "i-1", Address = IPAddress.Parse("10.0.0.5"), Port = 8081, Weight = 1 };

    [Theory]
    [InlineData(
        "Health check for server a:b/i-1 succeeded, reason: Layer7 check passed, code: 200, check duration: 0ms, status: 3/10 DOWN.",
        "Passed", 3, false)]
    [InlineData(
        "Health check for server a:b/i-1 failed, reason: Layer7 wrong status, code: 500, info: \"status: 9/9\", check duration: 0ms, " +
        "status: 1/2 UP.\n",
        "Failed", 1, true)]
    [InlineData("Server a:b/i-1 is DOWN. 1 active and 0 backup servers left.", "Down", 0, false)]
    [InlineData(
        "Server a:b/i-1 is UP, reason: Layer4 check passed, check duration: 0ms. 1 active and 0 backup servers online.", "Up", 0, true)]
    public void An_event_is_read(string line, string kind, int passes, bool isUp)
    {
        Assert.True(HealthEvent.TryParse(line, out var told));
        Assert.Equal((new MemberName("a:b", "i-1"), kind, passes, isUp), (told.Member, told.Kind.ToString(), told.Passes, told.IsUp));
    }

    [Theory]
    [InlineData("Server a:b/i-1 is UP/READY (leaving forced maintenance).")]
    [InlineData("Server a:b/i-1 is going DOWN for maintenance. 0 active and 0 backup servers left.")]
    [InlineData("backend a:b has no server available!")]
    [InlineData("Server ")]
    [InlineData("Health check for server a:b")]
    [InlineData("")]
    public void What_is_no_check_of_one_server_is_no_event(string line) => Assert.False(HealthEvent.TryParse(line, out _));

    [Theory]
    [InlineData(true, false, 0, null, ObservedHealth.Passing)]
    [InlineData(false, false, 0, null, ObservedHealth.Failed)]
    [InlineData(false, false, 1, null, ObservedHealth.Recovering)]
    [InlineData(false, true, 0, null, ObservedHealth.Registering)]
    [InlineData(false, true, 0, 29, ObservedHealth.Registering)]
    [InlineData(false, true, 0, 30, ObservedHealth.Failed)]
    public void A_state_is_told_in_neutral_words(
        bool isUp, bool isUnproven, int passes, int? secondsSinceFirstFailure, ObservedHealth expected)
    {
        var now = TimeSpan.FromDays(1);
        var member = MemberHealth.New(Member, Plans.HttpProbe) with
        {
            IsUp = isUp,
            IsUnproven = isUnproven,
            Passes = passes,
            FirstFailure = secondsSinceFirstFailure is { } seconds ? now - TimeSpan.FromSeconds(seconds) : null,
        };

        Assert.Equal(expected, StatusMapping.Observe(member, now));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(0, false)]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void A_member_that_has_not_passed_is_probed_once_an_interval_by_whatever_process(int? secondsSince, bool expected)
    {
        var now = TimeSpan.FromDays(1);
        var health = MemberHealth.New(Member, Plans.HttpProbe with { Interval = TimeSpan.FromSeconds(30) }) with
        {
            ProbedAt = secondsSince is { } seconds ? now - TimeSpan.FromSeconds(seconds) : null,
        };

        Assert.Equal(expected, health.IsToBeProbed(now));
        Assert.False((health with { IsUnproven = false, ProbedAt = null }).IsToBeProbed(now));
    }

    [Fact]
    public void A_member_that_is_checked_otherwise_is_probed_anew()
    {
        var (table, now) = (new HealthTable(), TimeSpan.FromDays(1));
        table.Set(Name, MemberHealth.New(Member, Plans.HttpProbe) with { ProbedAt = now });

        Assert.False(table.Keep(Name, Member, Plans.HttpProbe).IsToBeProbed(now));
        Assert.True(table.Keep(Name, Member, Plans.HttpProbe with { Path = "/other" }).IsToBeProbed(now));
        Assert.True(table.Keep(Name, Member with { Port = 8082 }, Plans.HttpProbe with { Path = "/other" }).IsToBeProbed(now));
    }

    [Theory]
    [InlineData("F0", null)]
    [InlineData("F0 F10", null)]
    [InlineData("F0 F30", false)]
    [InlineData("F0 P10 F30", null)]
    [InlineData("F0 F15", false)]
    [InlineData("F0 F1 F2 F3", null)]
    [InlineData("F0 F80", false)]
    [InlineData("F0 F100", null)]
    public void Failures_add_up_over_processes_but_for_those_that_come_too_soon(string events, bool? verdict) =>
        Assert.Equal(verdict, After(isUp: true, events).Verdict);

    [Theory]
    [InlineData("P0 P30", null)]
    [InlineData("P0 P30 P60", true)]
    [InlineData("P0 P1 P2 P3", null)]
    [InlineData("P0 P30 F40 P60", null)]
    public void Passes_add_up_over_processes_but_for_those_that_come_too_soon(string events, bool? verdict) =>
        Assert.Equal(verdict, After(isUp: false, events).Verdict);

    [Theory]
    [InlineData(null, 10, 1)]
    [InlineData(false, 10, 1)]
    [InlineData(true, 10, 0)]
    [InlineData(true, 0, 1)]
    public void A_pass_that_was_not_told_is_seen_in_the_state_unless_the_process_was_given_it_before_the_failure(
        bool? hasPassed, int begun, int failures) =>
        Assert.Equal(
            failures, After(isUp: true, "F5").With(State(true, hasPassed), TimeSpan.FromSeconds(begun), TimeSpan.FromSeconds(20)).Failures);

    [Fact]
    public void States_are_the_same_whatever_time_has_gone_by()
    {
        const string Text = "1\n# be_id be_name\n2 a:b 1 i-1 10.0.0.5 2 0 1 1 {0} 6 3 {1} 6 0 0 0 - 8081 - 0 8081 - - 0";
        static UInt128 Of(int seconds, int health) => ServerStateText.Fingerprint(string.Format(Text, seconds, health));

        Assert.Equal(Of(5, 3), Of(12, 3));
        Assert.NotEqual(Of(5, 3), Of(5, 4));
    }

    /// <summary>What is known after events of the one process after another: F or P with the second in which it came.</summary>
    private static MemberHealth After(bool isUp, string events)
    {
        var health = MemberHealth.New(Member, Plans.HttpProbe with { Rise = 3 }) with { IsUnproven = false, IsUp = isUp };
        foreach (var each in events.Split(' '))
        {
            var kind = each[0] == 'F' ? HealthEventKind.Failed : HealthEventKind.Passed;
            health = health.With(
                new HealthEvent(Name, kind, 1, isUp), DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(int.Parse(each[1..])));
        }

        return health;
    }

    private static ServerState State(bool isUp, bool? hasPassed) =>
        new() { Name = Name, Address = Member.Address, Port = Member.Port, IsUp = isUp, HasPassed = hasPassed };
}
