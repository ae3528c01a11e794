using static CloudLb.Tests.Clients.Terraform.TerraformV2Resources;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>
/// Terraform and the AWS provider as they are: each argument of the resources of version 2 that CloudLb carries, set and changed.
/// </summary>
internal sealed class TerraformV2Arguments(TerraformServer server) : ITerraformScenario
{
    private static readonly string[] Certificates = ["first", "second", "third"];

    /// <summary>
    /// What is changed from one plan to the next: each argument once, of all resources at the same time, as the provider waits half a
    /// minute after each change of a load balancer.
    /// </summary>
    private static IEnumerable<TerraformChange[]> Steps => TerraformRounds.AreAll
        ? [.. InTurn(TerraformV2Changes.OfEach), .. InTurn(TerraformV2Changes.Further), .. InTurn(TerraformV2Changes.Replacing)]
        : [TerraformV2Changes.OfEach];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var workspace = await server.WorkspaceAsync(TerraformRounds.Endpoint, cancellationToken);
        var resources = First.ToDictionary(
            one => one.Resource,
            one => new SortedDictionary<string, string>(one.Arguments.ToDictionary(each => each.Argument, each => each.Text)));

        foreach (var name in Certificates)
        {
            TerraformCertificate.Write(workspace, name);
        }

        await workspace.ApplyAsync("made", Configuration(resources));
        foreach (var step in Steps)
        {
            foreach (var change in step)
            {
                resources[change.Resource][change.Argument] = change.Text;
            }

            await workspace.ApplyAsync(
                string.Join(", ", step.Select(change => $"{change.Resource}: {change.Argument}")), Configuration(resources));
        }

        await workspace.DestroyAsync();
    }

    /// <summary>The first change of each argument, then the second of each, and so on.</summary>
    private static IEnumerable<TerraformChange[]> InTurn(TerraformChange[] changes) => changes
        .GroupBy(change => (change.Resource, change.Argument))
        .SelectMany(argument => argument.Select((change, turn) => (Turn: turn, Change: change)))
        .GroupBy(each => each.Turn, each => each.Change)
        .OrderBy(turn => turn.Key)
        .Select(turn => turn.ToArray());

    private static string Configuration(Dictionary<string, SortedDictionary<string, string>> resources) => string.Concat(
        resources.Select(one => $$"""
        resource "{{one.Key.Split('.')[0]}}" "{{one.Key.Split('.')[1]}}" {
          {{string.Join("\n  ", one.Value.Values)}}
        }

        """));
}
