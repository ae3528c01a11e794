using CloudLb.AwsApi;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Target groups: defaults come in, what does not apply to a kind is left out.</summary>
internal static class TargetGroupMapping
{
    public static TargetType TypeOf(string? text) => text switch
    {
        null or "" or "instance" => TargetType.Instance,
        "ip" => TargetType.Ip,
        "alb" => TargetType.Alb,
        _ => throw NotCarried.Because("TargetType", text),
    };

    /// <summary>What is not carried is refused in AWS's words where a region does not have it, by which clients know it.</summary>
    public static Protocol ProtocolOf(string? text) => text switch
    {
        null or "" => throw CommonErrors.ValidationError.Because("A protocol must be specified"),
        "HTTP" or "HTTPS" or "TCP" or "TLS" or "UDP" or "TCP_UDP" => Enum.Parse<Protocol>(text),
        _ => throw CommonErrors.ValidationError.Because(
            $"Protocol '{ResourceNames.Cut(text)}' must be one of 'HTTP, HTTPS, TCP, TLS, UDP, TCP_UDP'"),
    };

    /// <summary>Holds that a group of that protocol may have such targets.</summary>
    public static void CheckType(TargetType type, Protocol protocol)
    {
        if (type == TargetType.Alb && protocol != Protocol.TCP)
        {
            throw CommonErrors.ValidationError.Because($"Target type 'alb' is not supported for target groups with {protocol} protocol");
        }
    }

    public static ProtocolVersion VersionOf(string? text, Protocol protocol)
    {
        // Terraform sends an empty one.
        if (string.IsNullOrEmpty(text))
        {
            return ProtocolVersion.HTTP1;
        }

        if (!protocol.IsHttp)
        {
            throw CommonErrors.ValidationError.Because(
                $"You cannot specify the protocol version for a target group with the '{protocol}' protocol");
        }

        return text is "HTTP1" or "HTTP2" or "GRPC"
            ? Enum.Parse<ProtocolVersion>(text)
            : throw CommonErrors.ValidationError.Because(
                $"Target group protocol version '{ResourceNames.Cut(text)}' must be one of '[HTTP2, HTTP1, GRPC]'");
    }

    public static HealthCheckChange HealthCheckOf(Wire.CreateTargetGroupRequest request) => new()
    {
        Protocol = request.HealthCheckProtocol,
        Port = request.HealthCheckPort,
        Path = request.HealthCheckPath,
        IsEnabled = request.HealthCheckEnabled,
        IntervalSeconds = request.HealthCheckIntervalSeconds,
        TimeoutSeconds = request.HealthCheckTimeoutSeconds,
        HealthyThreshold = request.HealthyThresholdCount,
        UnhealthyThreshold = request.UnhealthyThresholdCount,
        HttpCode = request.Matcher?.HttpCode,
        GrpcCode = request.Matcher?.GrpcCode,
    };

    public static HealthCheckChange HealthCheckOf(Wire.ModifyTargetGroupRequest request) => new()
    {
        Protocol = request.HealthCheckProtocol,
        Port = request.HealthCheckPort,
        Path = request.HealthCheckPath,
        IsEnabled = request.HealthCheckEnabled,
        IntervalSeconds = request.HealthCheckIntervalSeconds,
        TimeoutSeconds = request.HealthCheckTimeoutSeconds,
        HealthyThreshold = request.HealthyThresholdCount,
        UnhealthyThreshold = request.UnhealthyThresholdCount,
        HttpCode = request.Matcher?.HttpCode,
        GrpcCode = request.Matcher?.GrpcCode,
    };

    /// <param name="group">The group.</param>
    /// <param name="snapshot">Where the load balancer that uses it is found.</param>
    public static Wire.TargetGroup ToWire(this TargetGroup group, Snapshot snapshot) => new()
    {
        TargetGroupArn = group.Arn.ToString(),
        TargetGroupName = group.Name,
        Protocol = group.Protocol.ToString(),
        Port = group.Port,
        VpcId = group.VpcId,
        HealthCheckProtocol = group.HealthCheck.Protocol.ToString(),
        HealthCheckPort = group.HealthCheck.PortText(),
        HealthCheckEnabled = true,
        HealthCheckIntervalSeconds = group.HealthCheck.IntervalSeconds,
        HealthCheckTimeoutSeconds = group.HealthCheck.TimeoutSeconds,
        HealthyThresholdCount = group.HealthCheck.HealthyThreshold,
        UnhealthyThresholdCount = group.HealthCheck.UnhealthyThreshold,
        HealthCheckPath = group.HealthCheck.Path,
        Matcher = group.HealthCheck is { HttpCode: null, GrpcCode: null }
            ? null
            : new() { HttpCode = group.HealthCheck.HttpCode, GrpcCode = group.HealthCheck.GrpcCode },
        LoadBalancerArns = snapshot.LoadBalancerOf(group.Arn) is { } arn ? [arn.ToString()] : [],
        TargetType = group.TargetType.ToString().ToLowerInvariant(),
        ProtocolVersion = group.IsHttp ? group.ProtocolVersion.ToString() : null,
        IpAddressType = group.AddressType(),
    };

    /// <summary>Every attribute that a group of its protocol has.</summary>
    public static IReadOnlyList<Wire.TargetGroupAttribute> AttributesToWire(this TargetGroup group) =>
    [
        .. TargetGroupAttributes.Of(group).All(group.Attributes)
            .Select(attribute => new Wire.TargetGroupAttribute { Key = attribute.Key, Value = attribute.Value }),
    ];
}
