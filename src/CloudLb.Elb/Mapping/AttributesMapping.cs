using CloudLb.AwsApi;
using CloudLb.Core.AccessLogs;
using CloudLb.Elb.Domain.Attributes;
using Wire = CloudLb.Elb.Contracts;

namespace CloudLb.Elb.Mapping;

/// <summary>Attributes: groups that are given change, the others stay; all are described, only the given ones are echoed.</summary>
internal static class AttributesMapping
{
    private const string DesyncMitigationModeKey = "elb.http.desyncmitigationmode";

    /// <summary>The service model's default, in minutes.</summary>
    private const int DefaultEmitInterval = 60;

    /// <summary>The attributes after a request that names some of them.</summary>
    public static LoadBalancerAttributes ChangedBy(this LoadBalancerAttributes attributes, Wire.LoadBalancerAttributes change)
    {
        return attributes with
        {
            AccessLog = change.AccessLog is { } accessLog ? attributes.AccessLog.ChangedBy(accessLog) : attributes.AccessLog,
            CrossZoneLoadBalancing = change.CrossZoneLoadBalancing?.Enabled ?? attributes.CrossZoneLoadBalancing,
            ConnectionDraining = change.ConnectionDraining is { } draining
                ? attributes.ConnectionDraining.ChangedBy(draining)
                : attributes.ConnectionDraining,
            IdleTimeout = change.ConnectionSettings is { } settings ? TimeSpan.FromSeconds(settings.IdleTimeout) : attributes.IdleTimeout,
            DesyncMitigationMode = ModeOf(change.AdditionalAttributes ?? []) ?? attributes.DesyncMitigationMode,
        };
    }

    public static Wire.LoadBalancerAttributes ToWire(this LoadBalancerAttributes attributes) => new()
    {
        CrossZoneLoadBalancing = new() { Enabled = attributes.CrossZoneLoadBalancing },
        AccessLog = attributes.AccessLog is { } accessLog
            ? new()
            {
                Enabled = accessLog.IsEnabled, S3BucketName = accessLog.Bucket, S3BucketPrefix = accessLog.Prefix,
                EmitInterval = (int)accessLog.Interval.TotalMinutes,
            }
            : new() { Enabled = false },
        ConnectionDraining = new()
        {
            Enabled = attributes.ConnectionDraining.IsEnabled, Timeout = (int)attributes.ConnectionDraining.Timeout.TotalSeconds,
        },
        ConnectionSettings = new() { IdleTimeout = (int)attributes.IdleTimeout.TotalSeconds },
        AdditionalAttributes =
        [
            new() { Key = DesyncMitigationModeKey, Value = attributes.DesyncMitigationMode.ToString().ToLowerInvariant() },
        ],
    };

    /// <summary>The groups of a request as they now are: what ModifyLoadBalancerAttributes answers.</summary>
    public static Wire.LoadBalancerAttributes Echo(this Wire.LoadBalancerAttributes change, LoadBalancerAttributes attributes)
    {
        var all = attributes.ToWire();
        return new()
        {
            CrossZoneLoadBalancing = change.CrossZoneLoadBalancing is null ? null : all.CrossZoneLoadBalancing,
            AccessLog = change.AccessLog is null ? null : all.AccessLog,
            ConnectionDraining = change.ConnectionDraining is null ? null : all.ConnectionDraining,
            ConnectionSettings = change.ConnectionSettings is null ? null : all.ConnectionSettings,
            AdditionalAttributes = change.AdditionalAttributes is null ? null : all.AdditionalAttributes,
        };
    }

    /// <summary>
    /// Without a timeout the one that is stored stays, whether draining is switched on or off; a new load balancer has 300 seconds.
    /// Terraform sends the timeout first and then the switch alone, and expects to read both back.
    /// </summary>
    private static ConnectionDraining ChangedBy(this ConnectionDraining stored, Wire.ConnectionDraining change) => new()
    {
        IsEnabled = change.Enabled,
        Timeout = change.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : stored.Timeout,
    };

    /// <summary>Null where none is given. The same value twice counts once; of two values neither can be the one that was meant.</summary>
    private static DesyncMitigationMode? ModeOf(IReadOnlyList<Wire.AdditionalAttribute> given)
    {
        var modes = given.Select(Mode).Distinct().ToList();
        return modes.Count switch
        {
            0 => null,
            1 => modes[0],
            _ => throw CommonErrors.ValidationError.Because(
                $"AdditionalAttributes has {DesyncMitigationModeKey} more than once, with different values"),
        };
    }

    private static DesyncMitigationMode Mode(Wire.AdditionalAttribute attribute)
    {
        if (attribute.Key != DesyncMitigationModeKey)
        {
            throw Errors.LoadBalancerAttributeNotFound.Because($"The load balancer attribute '{attribute.Key}' does not exist");
        }

        return attribute.Value switch
        {
            "monitor" => DesyncMitigationMode.Monitor,
            "defensive" => DesyncMitigationMode.Defensive,
            "strictest" => DesyncMitigationMode.Strictest,
            _ => throw CommonErrors.ValidationError.Because(
                $"The value '{attribute.Value}' of {DesyncMitigationModeKey} must be one of monitor, defensive, strictest"),
        };
    }

    /// <summary>
    /// Switched off, what is not given stays: the user guide's answer to <c>Enabled=false</c> alone has the bucket, the prefix and the
    /// interval, and Terraform expects those of a block with <c>enabled = false</c> back. Without a bucket there is nothing to keep. An
    /// interval that is none is refused all the same.
    /// </summary>
    private static AccessLog? ChangedBy(this AccessLog? stored, Wire.AccessLog change)
    {
        if (change.EmitInterval is not (null or 5 or 60))
        {
            throw CommonErrors.ValidationError.Because("AccessLog EmitInterval must be 5 or 60 minutes");
        }

        var given = new AccessLog
        {
            IsEnabled = change.Enabled,
            Bucket = change.S3BucketName ?? "",
            Prefix = change.S3BucketPrefix ?? "",
            Interval = TimeSpan.FromMinutes(change.EmitInterval ?? DefaultEmitInterval),
        };
        if (change.Enabled)
        {
            return given;
        }

        if (stored is null)
        {
            return given.Bucket.Length == 0 ? null : given;
        }

        return given with
        {
            Bucket = given.Bucket.Length == 0 ? stored.Bucket : given.Bucket,
            Prefix = change.S3BucketPrefix ?? stored.Prefix,
            Interval = change.EmitInterval is null ? stored.Interval : given.Interval,
        };
    }
}
