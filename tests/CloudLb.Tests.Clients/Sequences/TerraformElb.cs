namespace CloudLb.Tests.Clients.Sequences;

/// <summary>
/// What a configuration says of an <c>aws_elb</c>, or what is known of one after it was read. A member that is null is not configured:
/// Terraform takes what the API says.
/// </summary>
internal sealed record TerraformElb
{
    public required string Name { get; init; }

    public required IReadOnlyList<TerraformListener> Listeners { get; init; }

    public IReadOnlyList<string>? AvailabilityZones { get; init; }

    public IReadOnlyList<string>? Subnets { get; init; }

    public IReadOnlyList<string>? SecurityGroups { get; init; }

    public IReadOnlyList<string>? Instances { get; init; }

    public bool Internal { get; init; }

    /// <summary>Healthy threshold, interval, target, timeout and unhealthy threshold.</summary>
    public (int Healthy, int Interval, string Target, int Timeout, int Unhealthy)? HealthCheck { get; init; }

    public bool CrossZone { get; init; } = true;

    public int IdleTimeout { get; init; } = 60;

    public bool Draining { get; init; }

    public int DrainingTimeout { get; init; } = 300;

    public string Desync { get; init; } = "defensive";

    /// <summary>Null without a block, which is not the same as any block.</summary>
    public TerraformAccessLogs? AccessLogs { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>What only the API knows: the DNS name, the zone's id, the source security group and its id.</summary>
    public string? Computed { get; init; }

    /// <summary>
    /// The names of the attributes that differ from what was read: what a plan would show. Lists are sets, as in the provider's schema.
    /// </summary>
    public IEnumerable<string> Diff(TerraformElb read)
    {
        var (wanted, there) = (Attributes(), read.Attributes());
        return wanted.Where(attribute => attribute.Value is not null && attribute.Value != there[attribute.Key])
            .Select(attribute => $"{attribute.Key}: {there[attribute.Key]} -> {attribute.Value}");
    }

    private Dictionary<string, string?> Attributes() => new()
    {
        ["name"] = Name,
        ["listener"] = Answers.Set(Listeners.Select(listener => (listener with
        {
            LbProtocol = listener.LbProtocol.ToLowerInvariant(), InstanceProtocol = listener.InstanceProtocol.ToLowerInvariant(),
        }).ToString())),
        ["availability_zones"] = OrNull(AvailabilityZones),
        ["subnets"] = OrNull(Subnets),
        ["security_groups"] = OrNull(SecurityGroups),
        ["instances"] = OrNull(Instances),
        ["internal"] = $"{Internal}",
        ["health_check"] = HealthCheck?.ToString(),
        ["cross_zone_load_balancing"] = $"{CrossZone}",
        ["idle_timeout"] = $"{IdleTimeout}",
        ["connection_draining"] = $"{Draining}",
        ["connection_draining_timeout"] = $"{DrainingTimeout}",
        ["desync_mitigation_mode"] = Desync,
        ["access_logs"] = AccessLogs?.ToString() ?? "",
        ["tags"] = Answers.Set(Tags.Select(tag => $"{tag.Key}={tag.Value}")),
        ["computed"] = Computed,
    };

    private static string? OrNull(IReadOnlyList<string>? values) => values is null ? null : Answers.Set(values);
}
