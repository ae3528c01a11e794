using System.Globalization;
using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>An <c>access_logs</c> block; the interval in minutes.</summary>
internal sealed record TerraformAccessLogs(string Bucket, string BucketPrefix = "", int Interval = 60, bool Enabled = true)
{
    /// <summary>As it is sent: all four members, or the switch alone when there is no block.</summary>
    public static object Sent(TerraformAccessLogs? block) => block is null
        ? new { Enabled = false }
        : new { block.Enabled, EmitInterval = block.Interval, S3BucketName = block.Bucket, S3BucketPrefix = block.BucketPrefix };

    /// <summary>As it is read: a log that is off is no block, unless there is one in the configuration or the state.</summary>
    public static TerraformAccessLogs? Read(XElement accessLog, bool isBlockKnown)
    {
        var isEnabled = bool.Parse(accessLog.Need("Enabled").Value);
        return isEnabled || isBlockKnown
            ? new(
                accessLog.Text("S3BucketName") ?? "", accessLog.Text("S3BucketPrefix") ?? "",
                int.Parse(accessLog.Text("EmitInterval") ?? "0", CultureInfo.InvariantCulture), isEnabled)
            : null;
    }
}
