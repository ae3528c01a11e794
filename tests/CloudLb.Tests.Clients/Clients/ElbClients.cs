namespace CloudLb.Tests.Clients.Clients;

/// <summary>The clients of AWS's own that CloudLb is held against.</summary>
internal static class ElbClients
{
    public static readonly IReadOnlyList<ElbClient> All = [new AwsCli(), new Boto3(), new JavaScriptSdk(), new DotNetPipeline()];

    public static TheoryData<string> Names => new(All.Select(client => client.ToString()!));

    public static ElbClient Named(string name) => All.Single(client => client.ToString() == name);
}
