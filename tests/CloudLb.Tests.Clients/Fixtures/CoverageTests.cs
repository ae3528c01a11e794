using System.Text.RegularExpressions;
using CloudLb.Elb.Contracts;
using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>What the fixtures hold, against what the service's model says there is.</summary>
public sealed partial class CoverageTests
{
    [Fact]
    public void Each_action_of_the_model_has_a_fixture_by_each_of_AWS_s_clients()
    {
        var missing =
            from operation in ElasticLoadBalancingContract.Service.Operations
            from client in ElbClients.All
            let name = $"{operation.Name}/{client}"
            where !Fixture.Names.Contains(name)
            select name;

        Assert.Empty(missing);
    }

    [Fact]
    public void Each_error_that_the_model_lists_has_a_fixture_or_a_reason_why_no_request_gets_it()
    {
        var modelled = ElasticLoadBalancingContract.Service.Operations
            .SelectMany(operation => operation.Errors.Select(error => $"{operation.Name} {error.Code}"))
            .ToHashSet();
        var shown = Fixture.Names
            .Where(name => name.Contains("/error-", StringComparison.Ordinal))
            .Select(name => $"{name.Split('/')[0]} {name.Split('/')[1].Split('-')[1]}")
            .ToHashSet();
        var never = NeverAnswered().ToHashSet();

        Assert.Empty(modelled.Except(shown).Except(never));
        Assert.Empty(never.Except(modelled));
        Assert.Empty(never.Intersect(shown));
    }

    [Fact]
    public void The_page_on_compatibility_has_a_row_for_each_action_of_the_model()
    {
        var page = File.ReadAllText(Path.Combine(SourceFolder.Fixtures, "..", "docs", "compatibility.md"));
        var rows = ActionRow().Matches(
            page[page.IndexOf("| Action |", StringComparison.Ordinal)..page.IndexOf("## Errors", StringComparison.Ordinal)]);

        Assert.Equal(
            ElasticLoadBalancingContract.Service.Operations.Select(operation => operation.Name).Order(StringComparer.Ordinal),
            rows.Select(row => row.Groups[1].Value));
    }

    /// <summary>The rows of the README's table: action, code, why.</summary>
    private static IEnumerable<string> NeverAnswered() => Row().Matches(File.ReadAllText(Path.Combine(SourceFolder.Fixtures, "README.md")))
        .Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}");

    [GeneratedRegex("^\\| `([A-Za-z]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex ActionRow();

    [GeneratedRegex("^\\| `([A-Za-z]+)` \\| `([A-Za-z]+)` \\| [^|]+ \\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
