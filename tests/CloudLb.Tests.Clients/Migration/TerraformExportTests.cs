using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Terraform;

namespace CloudLb.Tests.Clients.Migration;

/// <summary>Terraform takes over what there is, and makes it anew, from what <c>cloudlb export</c> prints.</summary>
public sealed class TerraformExportTests(TerraformServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_exported_is_taken_over_and_a_plan_finds_nothing_to_do()
    {
        await using var own = await server.StartAsync(Token);
        using var account = new AwsAccount();
        var made = await own.CommandAsync(
            Token, ["import", account.Folder, .. AwsAccount.Mapped, "--apply"]);
        Assert.Contains("made  application load balancer shop: listener HTTP 8080, rule 6\n", made.Output);
        var exported = await own.CommandAsync(Token, "export", "--format", "terraform");
        Assert.True(exported.ExitCode == 0, exported.Error);

        await using var workspace = TerraformWorkspace.Open(own.Url, TerraformEndpoint.Block, Account.First, Token);
        workspace.Write("main.tf", exported.Output);
        await workspace.SucceedsAsync("laid out", "fmt", "-check", "main.tf");
        var applied = await workspace.ApplyAsync("taken over");
        Assert.True(applied.Output.Contains(" 0 changed, 0 destroyed", StringComparison.Ordinal), applied.Output);
        Assert.Contains(" imported, ", applied.Output, StringComparison.Ordinal);
        await workspace.PlansNothingAsync("taken over");
    }

    [Fact]
    public async Task What_is_exported_as_new_is_made_on_another_server()
    {
        await using var own = await server.StartAsync(Token);
        using var account = new AwsAccount();
        await own.CommandAsync(
            Token, ["import", account.Folder, .. AwsAccount.Mapped, "--apply"]);
        var exported = await own.CommandAsync(Token, "export", "web", "--format", "terraform", "--new");
        await using var other = await server.StartAsync(Token);
        await using var workspace = TerraformWorkspace.Open(other.Url, TerraformRounds.Endpoint, Account.First, Token);
        await workspace.ApplyAsync("made anew", exported.Output);

        Assert.Equal(
            (await own.CommandAsync(Token, "export", "web", "--format", "aws")).Output,
            (await other.CommandAsync(Token, "export", "web", "--format", "aws")).Output);
    }
}
