using System.Globalization;
using CloudLb.AwsApi;
using CloudLb.Core;

namespace CloudLb.ElbV2.Domain;

/// <summary>
/// What a health check may be, by the protocol of its group, and what it is when nothing is said (service model, user guides).
/// </summary>
internal static class HealthCheckRules
{
    private const int MaximumPathLength = 1024;
    private const string GrpcPath = "/AWS.ALB/healthcheck";

    /// <summary>The check of a new group.</summary>
    public static HealthCheck Create(Protocol group, ProtocolVersion version, TargetType type, HealthCheckChange given)
    {
        var protocol = ProtocolOf(group, type, given.Protocol)
            ?? (group.IsHttp || type == TargetType.Alb ? Protocol.HTTP : Protocol.TCP);
        return Changed(
            group, version, type,
            new()
            {
                Protocol = protocol,
                IntervalSeconds = 30,
                TimeoutSeconds = DefaultTimeout(group, protocol),
                HealthyThreshold = 5,
                UnhealthyThreshold = 2,
                Path = protocol == Protocol.TCP ? null : version == ProtocolVersion.GRPC ? GrpcPath : "/",
                HttpCode = version == ProtocolVersion.GRPC ? null : DefaultCode(group, protocol),
                GrpcCode = version == ProtocolVersion.GRPC ? "12" : null,
            },
            given);
    }

    /// <summary>
    /// The check with what is given, and the rest as it is. Of groups for network load balancers the timeout may be as long as the
    /// interval, and is in what Kubernetes makes when nothing is said: ten seconds each (aws-cdk issue 16446).
    /// </summary>
    public static HealthCheck Changed(
        Protocol group, ProtocolVersion version, TargetType type, HealthCheck check, HealthCheckChange given)
    {
        var protocol = ProtocolOf(group, type, given.Protocol) ?? check.Protocol;
        if (given.IsEnabled == false)
        {
            throw Invalid(
                $"Health check enabled must be true for target groups with target type '{type.ToString().ToLowerInvariant()}'");
        }

        CheckCodes(version, given);
        var isTcp = protocol == Protocol.TCP;
        var next = check with
        {
            Protocol = protocol,
            Port = given.Port is null ? check.Port : PortOf(given.Port),
            Path = PathOf(isTcp, given.Path, check.Path),
            HttpCode = version == ProtocolVersion.GRPC ? null : CodeOf(group, protocol, given.HttpCode, check.HttpCode),
            GrpcCode = given.GrpcCode ?? check.GrpcCode,
            IntervalSeconds = given.IntervalSeconds ?? check.IntervalSeconds,
            TimeoutSeconds = given.TimeoutSeconds ?? check.TimeoutSeconds,
            HealthyThreshold = given.HealthyThreshold ?? check.HealthyThreshold,
            UnhealthyThreshold = given.UnhealthyThreshold ?? check.UnhealthyThreshold,
        };
        return next.TimeoutSeconds < next.IntervalSeconds || (!group.IsHttp && next.TimeoutSeconds == next.IntervalSeconds)
            ? next
            : throw Invalid(
                $"Health check timeout '{next.TimeoutSeconds}' must be smaller than {(group.IsHttp ? "" : "or equal to ")}" +
                $"the interval '{next.IntervalSeconds}'");
    }

    private static void CheckCodes(ProtocolVersion version, HealthCheckChange given)
    {
        if (given.GrpcCode is { } code)
        {
            if (version != ProtocolVersion.GRPC)
            {
                throw Invalid($"You cannot specify a GRPC code for a target group with the '{version}' protocol version");
            }

            Matcher.Parse(code, 0, 99, "GRPC");
        }

        if (given.HttpCode is not null && version == ProtocolVersion.GRPC)
        {
            throw Invalid("You cannot specify an HTTP code for a target group with the 'GRPC' protocol version");
        }
    }

    /// <summary>The largest code that can pass.</summary>
    public static int LastCode(Protocol group) => group.IsHttp ? 499 : 599;

    private static Protocol? ProtocolOf(Protocol group, TargetType type, string? text)
    {
        IReadOnlyList<string> allowed = group.IsHttp || type == TargetType.Alb ? ["HTTP", "HTTPS"] : ["HTTP", "HTTPS", "TCP"];
        return text is null
            ? null
            : allowed.Contains(text)
                ? Enum.Parse<Protocol>(text)
                : throw Invalid($"Health check protocol '{text}' must be one of '{string.Join(", ", allowed)}'");
    }

    private static int DefaultTimeout(Protocol group, Protocol protocol) => (group.IsHttp, protocol) switch
    {
        (true, _) => 5,
        (false, Protocol.HTTP) => 6,
        _ => 10,
    };

    private static string? DefaultCode(Protocol group, Protocol protocol) =>
        protocol == Protocol.TCP ? null : group.IsHttp ? "200" : "200-399";

    private static int? PortOf(string text) => text == HealthCheck.TrafficPort
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
            ? port
            : throw Invalid($"Health check port '{ResourceNames.Cut(text)}' must be within '1-65535' or 'traffic-port'");

    private static string? PathOf(bool isTcp, string? given, string? stored)
    {
        if (isTcp)
        {
            return given is null ? null : throw Invalid("Health check paths are not supported for TCP health checks");
        }

        var path = given ?? stored ?? "/";
        return path.StartsWith('/') && path.Length <= MaximumPathLength && path.All(character => character is > ' ' and <= '~')
            ? path
            : throw Invalid($"Health check path '{ResourceNames.Cut(path)}' is not valid");
    }

    private static string? CodeOf(Protocol group, Protocol protocol, string? given, string? stored)
    {
        if (protocol == Protocol.TCP)
        {
            return given is null ? null : throw Invalid("Health check matchers are not supported for TCP health checks");
        }

        if (given is null)
        {
            return stored ?? DefaultCode(group, protocol);
        }

        Matcher.Parse(given, 200, LastCode(group));
        return given;
    }

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}
