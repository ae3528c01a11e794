using CloudLb.Tools.Definitions;
using CloudLb.Tools.Running;

namespace CloudLb.Tests.Unit.Tools;

public sealed class FaultReportTests
{
    [Theory]
    [InlineData(Fault.MalformedInput, 1, 2)]
    [InlineData(Fault.MissingArgument, 1, 2)]
    [InlineData(Fault.UnrecognizedOption, 1, 2)]
    [InlineData(Fault.ConflictingOptions, 1, 2)]
    [InlineData(Fault.BadCredentials, 1, 1)]
    [InlineData(Fault.BadUrl, 1, 1)]
    [InlineData(Fault.NotVerified, 1, 1)]
    [InlineData(Fault.Invalid, 1, 1)]
    [InlineData(Fault.Throttled, 32, 1)]
    [InlineData(Fault.Refused, 32, 1)]
    [InlineData(Fault.NotFound, 32, 1)]
    [InlineData(Fault.Conflict, 32, 1)]
    [InlineData(Fault.Redirected, 32, 1)]
    [InlineData(Fault.Failed, 30, 1)]
    [InlineData(Fault.TimedOut, 31, 1)]
    [InlineData(Fault.Unreachable, 31, 1)]
    [InlineData(Fault.Aborted, 2, 1)]
    [InlineData(Fault.Internal, 99, 1)]
    public void Each_family_has_its_own_exit_statuses(object fault, int java, int euca)
    {
        var exception = new ToolException((Fault)fault, "text");

        Assert.Equal(java, FaultReport.Write(TextWriter.Null, exception, "elb-x", Family.Java, command: null));
        Assert.Equal(euca, FaultReport.Write(TextWriter.Null, exception, "eulb-x", Family.Euca, command: null));
    }

    [Fact]
    public void A_services_refusal_is_told_with_its_request_id_or_its_code()
    {
        var refusal = new ToolException(Fault.Invalid, "no such\u001b[2J") { Code = "LoadBalancerNotFound", RequestId = "r-1" };
        var command = CommandTable.Find("delete-lb", Family.Both)!;

        Assert.Equal(
            ["elb-delete-lb:  Malformed input-no such\\x1b[2J", "AWSRequestId:r-1", "",
                "Usage: elb-delete-lb LOAD_BALANCER [--force] [GENERAL OPTIONS]"],
            Lines(refusal, Family.Java, command)[..4]);
        Assert.Equal(["eulb-delete-lb: error (LoadBalancerNotFound): no such\\x1b[2J"], Lines(refusal, Family.Euca, command));
    }

    [Fact]
    public void Euca2ools_prints_the_usage_before_a_wrong_lines_fault() => Assert.Equal(
        ["usage: eulb-delete-lb LOAD_BALANCER [--force] [GENERAL OPTIONS]", "eulb-delete-lb: error: LOAD_BALANCER"],
        Lines(new(Fault.MissingArgument, "LOAD_BALANCER"), Family.Euca, CommandTable.Find("delete-lb", Family.Both)!));

    private static string[] Lines(ToolException exception, Family family, ToolCommand command)
    {
        var error = new StringWriter { NewLine = "\n" };
        FaultReport.Write(error, exception, command.NameIn(family), family, command);
        return error.ToString().TrimEnd('\n').Split('\n');
    }
}
