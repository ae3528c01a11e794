using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Protocols;

/// <summary>Every kind of member, errors with members, pages: by AWS's own client, which has the same model, in each protocol.</summary>
public sealed class ProtocolTests(KindsServer server) : IClassFixture<KindsServer>
{
    /// <summary>How the script says that its botocore is older than the protocol.</summary>
    private const int NotSpoken = 3;

    public static TheoryData<string, string> Calls => new MatrixTheoryData<string, string>(
        [.. AwsPython.All.Select(python => python.ToString())], ["query", "ec2", "json10", "json11", "cbor"]);

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_client_of_AWS_sends_and_reads_every_kind_of_member(string python, string protocol)
    {
        var client = AwsPython.All.Single(one => one.ToString() == python);
        var model = Path.Combine(SourceFolder.Path, "Protocols", "Contracts", "kinds-2020-01-01.json");

        var result = await client.RunAsync(
            "protocols.py", server.Url, Account.First, TestContext.Current.CancellationToken, model, protocol);

        Assert.SkipWhen(result.ExitCode == NotSpoken, $"The botocore of {python} does not speak {protocol}.");
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
