using System.Net;
using System.Net.Sockets;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Terraform;

namespace CloudLb.Tests.Clients.Documents;

/// <summary>
/// The commands of the README and of the documents, as they stand: the README's first, in a fresh clone, then those of the documents beside
/// what it has left. A block that no test can run says why in a comment before it, which a reader of the page does not see.
/// </summary>
[Collection("Port 80")]
public sealed class DocumentTests(ITestOutputHelper output)
{
    private const int PortOfTheApi = 8000, PortOfTheSample = 9080;

    private static readonly string Repository = Path.GetFullPath(Path.Combine(SourceFolder.Path, "..", ".."));

    [Fact]
    public async Task Every_command_of_the_README_and_the_documents_does_what_it_says()
    {
        Installed.HAProxyOrSkip();
        Installed.OrSkip(
            Directory.Exists(Path.Combine(Repository, ".git")) || File.Exists(Path.Combine(Repository, ".git")),
            "This is no clone of the repository.");
        Assert.SkipUnless(
            IsFree(PortOfTheApi) && IsFree(PortOfTheSample),
            $"The documents' ports {PortOfTheApi} and {PortOfTheSample} are taken on this machine.");
        Assert.SkipUnless(Ports.Http == 80 && IsFree(80), "The documents' port 80 is not for this user, or taken.");
        var token = TestContext.Current.CancellationToken;
        var blocks = Directory.EnumerateFiles(Path.Combine(Repository, "docs"), "*.md").Order(StringComparer.Ordinal)
            .Prepend(Path.Combine(Repository, "README.md")).SelectMany(CommandBlock.Of).ToList();

        await using var reader = await Reader.StartAsync(Repository, token);
        foreach (var block in blocks.Where(IsRunHere))
        {
            output.WriteLine($"{block}: {block.Text.Split('\n')[0]}");
            await (block.IsBackground ? reader.BeginAsync(block, token) : reader.RunAsync(block, token));
        }

        var notRun = blocks
            .Where(block => !IsRunHere(block))
            .Select(block => $"{block}: {block.WhyNotRun ?? "Terraform is not on this machine"}")
            .ToList();
        output.WriteLine($"{blocks.Count - notRun.Count} blocks were run, {notRun.Count} were not:\n{string.Join('\n', notRun)}");
    }

    private static bool IsRunHere(CommandBlock block) => block.WhyNotRun is null && (block.Language != "hcl" || TerraformInstalled.IsThere);

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
