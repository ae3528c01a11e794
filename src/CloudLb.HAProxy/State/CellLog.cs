using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;
using Microsoft.Extensions.Logging;

namespace CloudLb.HAProxy.State;

/// <summary>What is said of a cell in the log, whichever of its rooms says it.</summary>
internal static partial class CellLog
{
    [LoggerMessage(5001, LogLevel.Information,
        "Cell {Cell} handed over ({Reason}): process {ProcessId}, generation {Generation}, serves {LoadBalancers} load balancers "
        + "after {Milliseconds:F0} ms")]
    public static partial void HandedOver(
        ILogger logger, int cell, string reason, int processId, long generation, int loadBalancers, double milliseconds);

    [LoggerMessage(5002, LogLevel.Warning, "{LoadBalancer}: {Part} is not served: {Reason}")]
    public static partial void NotServed(ILogger logger, LoadBalancerId loadBalancer, string part, string reason);

    [LoggerMessage(5003, LogLevel.Information, "{LoadBalancer}: {Part} has no fault any more")]
    public static partial void ServedAgain(ILogger logger, LoadBalancerId loadBalancer, string part);

    [LoggerMessage(5004, LogLevel.Warning, "Cell {Cell}: {Message}")]
    public static partial void CommandFailed(ILogger logger, int cell, string message);

    [LoggerMessage(5005, LogLevel.Error, "Cell {Cell}: HAProxy process {ProcessId} has ended unasked{Shortage}; it is started again")]
    public static partial void Died(ILogger logger, int cell, int processId, string shortage);

    [LoggerMessage(5006, LogLevel.Error, "Cell {Cell}: HAProxy process {ProcessId} does not answer; it is killed and started again")]
    public static partial void Hung(ILogger logger, int cell, int processId);

    [LoggerMessage(5007, LogLevel.Information,
        "Cell {Cell}: process {ProcessId}, generation {Generation}, was running and serves {LoadBalancers} load balancers")]
    public static partial void Adopted(ILogger logger, int cell, int processId, long generation, int loadBalancers);

    [LoggerMessage(5008, LogLevel.Warning, "Cell {Cell}: its process was not found running: {Message}")]
    public static partial void NotAdopted(ILogger logger, int cell, string message);

    [LoggerMessage(5021, LogLevel.Error, "Cell {Cell}: the templates of what all share are refused, and those before them stay: {Reason}")]
    public static partial void TemplatesRefused(ILogger logger, int cell, string reason);

    [LoggerMessage(5011, LogLevel.Warning,
        "Cell {Cell}: the new process could not take over the old one's sockets; connections on their way may have been lost")]
    public static partial void SocketsNotTaken(ILogger logger, int cell);

    [LoggerMessage(6004, LogLevel.Warning,
        "{Member} has a certificate whose public key is none of those that are accepted; nothing is sent to it")]
    public static partial void NotAuthentic(ILogger logger, MemberName member);

    [LoggerMessage(6005, LogLevel.Information, "{Member} has a certificate with an accepted public key again")]
    public static partial void Authentic(ILogger logger, MemberName member);

    [LoggerMessage(5013, LogLevel.Error,
        "Cell {Cell}: what its load balancers have carried cannot be written down, so their metrics stand still: {Message}")]
    public static partial void TrafficNotWritten(ILogger logger, int cell, string message);

    [LoggerMessage(5014, LogLevel.Warning, "Cell {Cell}: {File} was changed by hand; it is written again")]
    public static partial void FileChanged(ILogger logger, int cell, string file);

    [LoggerMessage(5015, LogLevel.Error,
        "Cell {Cell}: HAProxy process {ProcessId}, which had connections to finish, does not answer; it is killed")]
    public static partial void OldHung(ILogger logger, int cell, int processId);

    [LoggerMessage(5022, LogLevel.Warning,
        "Cell {Cell}: HAProxy process {ProcessId} is ended with {Connections} connections, the fewest of {Count} that finish connections")]
    public static partial void OldGivenUp(ILogger logger, int cell, int processId, int count, int connections);

    [LoggerMessage(5009, LogLevel.Warning, "Cell {Cell}: HAProxy was changed by hand ({Drift}); what is planned is put back")]
    public static partial void Drifted(ILogger logger, int cell, string drift);
}
