using CloudLb.Elb.Contracts;

namespace CloudLb.Tools.Running;

/// <summary>Which version these commands are, in each family's form.</summary>
internal static class ToolVersion
{
    public static string Text { get; } = typeof(ToolVersion).Assembly.GetName().Version!.ToString(3);

    public static string Java { get; } =
        $"CloudLb's Command Line Tool for Elastic Load Balancing, CLI version {Text} (API {ElasticLoadBalancingContract.Service.Version})";

    /// <summary>Scripts look for the word euca2ools and the version that these commands follow.</summary>
    public static string Euca { get; } = $"euca2ools 3.4 (CloudLb {Text})";
}
