using CloudLb.Tools.Definitions;
using CloudLb.Tools.Generating;
using CloudLb.Tools.Output;

namespace CloudLb.Tools.Running;

/// <summary>What is printed on standard error when a command cannot be carried out, and its exit status.</summary>
internal static class FaultReport
{
    /// <param name="command">Null where it is not known which one was meant.</param>
    public static int Write(TextWriter error, ToolException exception, string name, Family family, ToolCommand? command)
    {
        if (family == Family.Euca)
        {
            WriteEuca(error, exception, name, command);
            return EucaStatus(exception.Fault);
        }

        var (status, words) = Java(exception.Fault);
        error.WriteLine($"{name}:  {words}-{Printable.Of(exception.Message)}");
        if (exception.RequestId is { } requestId)
        {
            error.WriteLine($"AWSRequestId:{Printable.Of(requestId)}");
        }

        if (exception.Fault <= Fault.Invalid && command is not null)
        {
            error.WriteLine();
            error.WriteLine(HelpText.Usage(command, family));
        }

        return status;
    }

    private static void WriteEuca(TextWriter error, ToolException exception, string name, ToolCommand? command)
    {
        if (EucaStatus(exception.Fault) == 2 && command is not null)
        {
            error.WriteLine(HelpText.Usage(command, Family.Euca));
        }

        var code = exception.Code is { } known ? $" ({Printable.Of(known)})" : "";
        error.WriteLine($"{name}: error{code}: {Printable.Of(exception.Message)}");
    }

    private static int EucaStatus(Fault fault) => fault <= Fault.ConflictingOptions ? 2 : 1;

    private static (int Status, string Words) Java(Fault fault) => fault switch
    {
        Fault.MalformedInput => (1, "Malformed input"),
        Fault.MissingArgument => (1, "Required argument missing"),
        Fault.UnrecognizedOption => (1, "Unrecognized option"),
        Fault.ConflictingOptions => (1, "Conflicting options"),
        Fault.BadCredentials => (1, "Bad credentials"),
        Fault.BadUrl => (1, "Malformed service URL"),
        Fault.NotVerified => (1, "Server not verified"),
        Fault.Invalid => (1, "Malformed input"),
        Fault.Throttled => (32, "Throttled"),
        Fault.Refused => (32, "Refused"),
        Fault.NotFound => (32, "Could not find the resource"),
        Fault.Conflict => (32, "Conflicting data"),
        Fault.Redirected => (32, "Redirected"),
        Fault.Failed => (30, "The service cannot process the request now"),
        Fault.TimedOut => (31, "Timed out"),
        Fault.Unreachable => (31, "Cannot reach the service"),
        Fault.Aborted => (2, "Aborted"),
        _ => (99, "Internal error"),
    };
}
