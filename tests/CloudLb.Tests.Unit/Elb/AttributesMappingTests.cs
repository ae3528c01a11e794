using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain.Attributes;
using CloudLb.Elb.Mapping;
using CloudLb.Tests.Unit.LoadBalancers;
using LoadBalancerAttributes = CloudLb.Elb.Domain.Attributes.LoadBalancerAttributes;
using Wire = CloudLb.Elb.Contracts.LoadBalancerAttributes;

namespace CloudLb.Tests.Unit.Elb;

public sealed class AttributesMappingTests
{
    private const string BadCharacters =
        "S3Bucket prefix can only contain combination of uppercase letters, lowercase letters, numbers, periods (.), dashes (-), " +
        "underscores (_) and slashes (/)";
    private const string BadPrefix =
        "AccessLog S3BucketPrefix must be at most 512 characters, without a slash at either end, an empty segment, or a segment of dots";

    private const string Key = "elb.http.desyncmitigationmode";

    private static readonly LoadBalancerAttributes Stored = new()
    {
        CrossZoneLoadBalancing = true,
        ConnectionDraining = new() { IsEnabled = true, Timeout = TimeSpan.FromSeconds(7) },
        IdleTimeout = TimeSpan.FromSeconds(8),
        DesyncMitigationMode = DesyncMitigationMode.Strictest,
    };

    [Fact]
    public void The_attributes_of_a_new_load_balancer_are_the_defaults_of_AWS()
    {
        var wire = new LoadBalancerAttributes().ToWire();

        Assert.Equal(
            (false, false, false, 300, 60),
            (
                wire.CrossZoneLoadBalancing!.Enabled, wire.AccessLog!.Enabled, wire.ConnectionDraining!.Enabled,
                wire.ConnectionDraining.Timeout!.Value,
                wire.ConnectionSettings!.IdleTimeout));
        Assert.Equal([new() { Key = Key, Value = "defensive" }], wire.AdditionalAttributes!);
        Assert.Null(wire.AccessLog.S3BucketName);
    }

    [Fact]
    public void Groups_that_are_not_given_stay_and_are_not_echoed()
    {
        var change = new Wire();

        Assert.Equal(Stored, Stored.ChangedBy(change));
        Assert.Equal(change, change.Echo(Stored));
    }

    [Fact]
    public void Only_the_group_that_is_given_changes_and_is_echoed_as_it_now_is()
    {
        var change = new Wire { ConnectionSettings = new() { IdleTimeout = 4000 } };
        var changed = Stored.ChangedBy(change);

        Assert.Equal(Stored with { IdleTimeout = TimeSpan.FromSeconds(4000) }, changed);
        Assert.Equal(change, change.Echo(changed));
    }

    [Theory]
    [InlineData(true, 20, 20)]
    [InlineData(false, 20, 20)]
    [InlineData(true, null, 7)]
    [InlineData(false, null, 7)]
    public void Draining_that_is_switched_without_a_timeout_keeps_the_one_that_is_stored(bool isEnabled, int? timeout, int seconds)
    {
        var change = new Wire { ConnectionDraining = new() { Enabled = isEnabled, Timeout = timeout } };
        var changed = Stored.ChangedBy(change);

        Assert.Equal(new() { IsEnabled = isEnabled, Timeout = TimeSpan.FromSeconds(seconds) }, changed.ConnectionDraining);
        Assert.Equal(new() { Enabled = isEnabled, Timeout = seconds }, change.Echo(changed).ConnectionDraining);
    }

    [Theory]
    [InlineData("monitor", DesyncMitigationMode.Monitor)]
    [InlineData("defensive", DesyncMitigationMode.Defensive)]
    [InlineData("strictest", DesyncMitigationMode.Strictest)]
    public void The_desync_mitigation_mode_is_an_additional_attribute(string value, DesyncMitigationMode mode)
    {
        var changed = Stored.ChangedBy(Additional((Key, value)));

        Assert.Equal(mode, changed.DesyncMitigationMode);
        Assert.Equal([new() { Key = Key, Value = value }], changed.ToWire().AdditionalAttributes!);
    }

    [Fact]
    public void An_empty_list_of_additional_attributes_changes_nothing() => Assert.Equal(Stored, Stored.ChangedBy(Additional()));

    [Theory]
    [InlineData("elb.other", "x", "LoadBalancerAttributeNotFound")]
    [InlineData("ELB.http.desyncmitigationmode", "monitor", "LoadBalancerAttributeNotFound")]
    [InlineData(null, "monitor", "LoadBalancerAttributeNotFound")]
    [InlineData(Key, "Monitor", "ValidationError")]
    [InlineData(Key, "", "ValidationError")]
    [InlineData(Key, null, "ValidationError")]
    public void Additional_attributes_that_do_not_exist_are_refused_wherever_they_stand(string? key, string? value, string code)
    {
        Assert.Equal(code, Sample.Refusal(() => Stored.ChangedBy(Additional((key, value)))).Code);
        Assert.Equal(code, Sample.Refusal(() => Stored.ChangedBy(Additional((Key, "monitor"), (key, value)))).Code);
    }

    [Theory]
    [InlineData(true, null, "", null, "AccessLog S3BucketName must be specified when access logging is enabled")]
    [InlineData(true, "", "", 60, "AccessLog S3BucketName must be specified when access logging is enabled")]
    [InlineData(true, "logs", "", 6, "AccessLog EmitInterval must be 5 or 60 minutes")]
    [InlineData(false, null, "", 6, "AccessLog EmitInterval must be 5 or 60 minutes")]
    [InlineData(true, "logs", "a/AWSLogs", 5, "AccessLog S3BucketPrefix must not contain AWSLogs")]
    [InlineData(true, "logs", "../x", 5, BadPrefix)]
    [InlineData(true, "logs", "/x", 5, BadPrefix)]
    [InlineData(true, "logs", "x/", 5, BadPrefix)]
    [InlineData(true, "logs", "x//y", 5, BadPrefix)]
    [InlineData(true, "logs", "x\ny", 5, BadCharacters)]
    [InlineData(true, "logs", "{LoadBalancerName}", 5, BadCharacters)]
    [InlineData(true, "logs", "a b", 5, BadCharacters)]
    [InlineData(false, "logs", "é", 5, BadCharacters)]
    public void Access_logs_that_cannot_be_are_refused(bool isEnabled, string? bucket, string prefix, int? interval, string message)
    {
        var change = new Wire
        {
            AccessLog = new() { Enabled = isEnabled, S3BucketName = bucket, S3BucketPrefix = prefix, EmitInterval = interval },
        };

        Assert.Equal(("ValidationError", message), Sample.Refusal(() => Sample.LoadBalancer().WithAttributes(Stored.ChangedBy(change))));
    }

    [Fact]
    public void A_prefix_that_was_taken_once_is_in_nobody_s_way()
    {
        var old = Sample.LoadBalancer() with
        {
            Attributes = Stored with { AccessLog = new() { Bucket = "logs", Prefix = "a b", Interval = TimeSpan.FromMinutes(5) } },
        };

        Assert.Equal(
            TimeSpan.FromSeconds(90),
            old.WithAttributes(old.Attributes with { IdleTimeout = TimeSpan.FromSeconds(90) }).Attributes.IdleTimeout);
    }

    [Fact]
    public void An_additional_attribute_twice_has_one_value()
    {
        Assert.Equal(Stored.ChangedBy(Additional((Key, "monitor"))), Stored.ChangedBy(Additional((Key, "monitor"), (Key, "monitor"))));
        Assert.Equal("ValidationError", Sample.Refusal(() => Stored.ChangedBy(Additional((Key, "monitor"), (Key, "strictest")))).Code);
    }

    [Theory]
    [InlineData(null, null, 60)]
    [InlineData("a/b", 5, 5)]
    public void Access_logs_are_described_as_they_were_set(string? prefix, int? interval, int describedInterval)
    {
        var change = new Wire
        {
            AccessLog = new() { Enabled = true, S3BucketName = "logs", S3BucketPrefix = prefix, EmitInterval = interval },
        };
        var changed = Stored.ChangedBy(change);
        var expected = new Wire
        {
            AccessLog = new() { Enabled = true, S3BucketName = "logs", S3BucketPrefix = prefix ?? "", EmitInterval = describedInterval },
        };

        Assert.Equal(expected, change.Echo(changed));
        Assert.Equal(expected.AccessLog, changed.ToWire().AccessLog);
        Assert.Equal(changed.AccessLog, changed.ChangedBy(new Wire { CrossZoneLoadBalancing = new() { Enabled = true } }).AccessLog);
    }

    [Theory]
    [InlineData(null, null, null, "logs", "a/b", 5)]
    [InlineData("", null, 60, "logs", "a/b", 60)]
    [InlineData("other", "", null, "other", "", 5)]
    public void Access_logs_that_are_switched_off_keep_what_was_set_and_is_not_given(
        string? bucket, string? prefix, int? interval, string keptBucket, string keptPrefix, int keptInterval)
    {
        var on = Stored.ChangedBy(
            new Wire { AccessLog = new() { Enabled = true, S3BucketName = "logs", S3BucketPrefix = "a/b", EmitInterval = 5 } });
        var change = new Wire
        {
            AccessLog = new() { Enabled = false, S3BucketName = bucket, S3BucketPrefix = prefix, EmitInterval = interval },
        };
        var off = on.ChangedBy(change);

        Assert.Equal(
            new() { Enabled = false, S3BucketName = keptBucket, S3BucketPrefix = keptPrefix, EmitInterval = keptInterval },
            off.ToWire().AccessLog);
        Assert.Equal(off.ToWire().AccessLog, change.Echo(off).AccessLog);
        Assert.Equal(
            on,
            off.ChangedBy(
                new Wire { AccessLog = new() { Enabled = true, S3BucketName = "logs", S3BucketPrefix = "a/b", EmitInterval = 5 } }));
    }

    [Theory]
    [InlineData("logs", null, null, "", 60)]
    [InlineData("logs", "a/b", 5, "a/b", 5)]
    public void Access_logs_that_never_were_on_are_described_with_what_was_set(
        string bucket, string? prefix, int? interval, string describedPrefix, int describedInterval)
    {
        var off = Stored.ChangedBy(
            new Wire { AccessLog = new() { Enabled = false, S3BucketName = bucket, S3BucketPrefix = prefix, EmitInterval = interval } });

        Assert.Equal(
            new() { Enabled = false, S3BucketName = bucket, S3BucketPrefix = describedPrefix, EmitInterval = describedInterval },
            off.ToWire().AccessLog);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\nb")]
    public void A_bucket_that_cannot_be_is_not_kept_either(string bucket)
    {
        var off = Stored.ChangedBy(new Wire { AccessLog = new() { Enabled = false, S3BucketName = bucket } });

        Assert.Equal(
            ("InvalidConfigurationRequest", $"Access Denied for bucket: {bucket}. Please check S3bucket permission"),
            Sample.Refusal(() => Sample.LoadBalancer().WithAttributes(off)));
    }

    [Fact]
    public void Access_logs_that_never_were_on_may_be_switched_off()
    {
        var change = new Wire { AccessLog = new() { Enabled = false } };

        Assert.Equal(Stored, Stored.ChangedBy(change));
        Assert.Equal(change, change.Echo(Stored));
    }

    private static Wire Additional(params (string? Key, string? Value)[] attributes) =>
        new()
        {
            AdditionalAttributes =
            [
                .. attributes.Select(attribute => new AdditionalAttribute { Key = attribute.Key, Value = attribute.Value }),
            ],
        };
}
