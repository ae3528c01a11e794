using System.Globalization;
using CloudLb.AccessLogs.Writing;
using CloudLb.Core.AccessLogs;
using CloudLb.Elb.Status;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.AccessLogs;

public sealed class ObjectNameTests
{
    private static readonly AccessLog Log = new() { Bucket = "logs", Interval = TimeSpan.FromMinutes(5) };
    private static readonly DateTimeOffset End = new(2014, 2, 15, 23, 40, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(
        "", "127.0.64.1",
        "AWSLogs/123456789012/elasticloadbalancing/us-east-1/2014/02/15/" +
        "123456789012_elasticloadbalancing_us-east-1_web_20140215T2340Z_127.0.64.1_[a-z0-9]{8}.log")]
    [InlineData(
        "a/b", "fd00::1",
        "a/b/AWSLogs/123456789012/elasticloadbalancing/us-east-1/2014/02/15/" +
        "123456789012_elasticloadbalancing_us-east-1_web_20140215T2340Z_fd00--1_[a-z0-9]{8}.log")]
    public void Objects_are_named_as_AWS_names_them(string prefix, string address, string expected)
    {
        var loadBalancer = ClassicLoggedLoadBalancers.Of(
            Sample.LoadBalancer(address: address) with { Attributes = new() { AccessLog = Log with { Prefix = prefix } } });

        Assert.Matches($"^{expected}$", ObjectName.New(loadBalancer, End));
        Assert.NotEqual(ObjectName.New(loadBalancer, End), ObjectName.New(loadBalancer, End));
    }

    [Theory]
    [InlineData("", "AWSLogs/123456789012/ELBAccessLogTestFile")]
    [InlineData("p", "p/AWSLogs/123456789012/ELBAccessLogTestFile")]
    public void The_test_object_stands_beside_them(string prefix, string expected) =>
        Assert.Equal(expected, ObjectName.OfTest(Sample.Key().ToId(), Log with { Prefix = prefix }));

    [Theory]
    [InlineData(LogKind.Connections, "conn_log_", "ELBConnectionLogTestFile")]
    [InlineData(LogKind.HealthChecks, "health_check_log_", "ELBHealthCheckLogTestFile")]
    public void Those_of_other_logs_begin_with_what_they_are(LogKind kind, string beginning, string test)
    {
        var log = Log with { Kind = kind };
        var loadBalancer = ClassicLoggedLoadBalancers.Of(Sample.LoadBalancer() with { Attributes = new() { AccessLog = log } });

        Assert.Contains($"/{beginning}123456789012_elasticloadbalancing_", ObjectName.New(loadBalancer, End), StringComparison.Ordinal);
        Assert.Equal($"AWSLogs/123456789012/{test}", ObjectName.OfTest(Sample.Key().ToId(), log));
    }

    [Theory]
    [InlineData("23:35:00", 5, "23:40:00")]
    [InlineData("23:39:59.999999", 5, "23:40:00")]
    [InlineData("23:40:00", 5, "23:45:00")]
    [InlineData("22:00:00", 60, "23:00:00")]
    [InlineData("22:59:59", 60, "23:00:00")]
    public void Intervals_end_on_the_marks_of_the_clock(string moment, int minutes, string end) => Assert.Equal(
        End.Date + TimeSpan.Parse(end, CultureInfo.InvariantCulture),
        ObjectName.End(
            new(End.Date + TimeSpan.Parse(moment, CultureInfo.InvariantCulture), TimeSpan.Zero), TimeSpan.FromMinutes(minutes)).DateTime);
}
