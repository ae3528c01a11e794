using System.Text.Json;
using CloudLb.Cli.Control;
using CloudLb.Core.Traffic.Told;
using CloudLb.Operator.Status;

namespace CloudLb.Tests.Unit.Operator;

/// <summary>The words that programs read.</summary>
public sealed class InstanceCauseTests
{
    [Fact]
    public void Each_cause_has_its_word()
    {
        var words = Enum.GetValues<ToldCause>().Select(
            cause => JsonSerializer.Serialize(InstanceReport.Show(cause), ControlClient.Json).Trim('"'));

        Assert.Equal(
            [
                "InService", "NotRegistered", "Draining", "Terminated", "Stopped", "NotAllowed", "ZoneNotEnabled", "NoListener",
                "NotServed", "NotAuthentic", "NotAtHAProxy", "HAProxySilent", "Maintenance", "NotChecked", "ChecksFailing",
            ],
            words);
    }
}
