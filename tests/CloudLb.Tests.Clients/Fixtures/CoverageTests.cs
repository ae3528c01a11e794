using System.Text.RegularExpressions;
using CloudLb.AwsApi;
using CloudLb.Elb.Contracts;
using CloudLb.ElbV2.Contracts;
using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>What the fixtures hold, against what the service's model says there is.</summary>
public sealed partial class CoverageTests
{
    /// <summary>Actions of version 2 that Debian's AWS CLI and boto3 are older than.</summary>
    internal static readonly string[] NewerThanDebian =
    [
        "AddTrustStoreRevocations", "CreateTrustStore", "DeleteSharedTrustStoreAssociation", "DeleteTrustStore",
        "DescribeCapacityReservation", "DescribeListenerAttributes", "DescribeTrustStoreAssociations", "DescribeTrustStoreRevocations",
        "DescribeTrustStores", "GetResourcePolicy", "GetTrustStoreCaCertificatesBundle", "GetTrustStoreRevocationContent",
        "ModifyCapacityReservation", "ModifyIpPools", "ModifyListenerAttributes", "ModifyTrustStore", "RemoveTrustStoreRevocations",
    ];

    /// <summary>Parameters of older actions that Debian's boto3 does not know.</summary>
    internal static readonly string[] ParametersNewerThanDebian = ["MutualAuthentication.", "JwtValidationConfig."];

    /// <summary>Actions of version 2 about what is shared between accounts, which nothing is: they are refused in AWS's words.</summary>
    private static readonly string[] NeverDone = ["DeleteSharedTrustStoreAssociation", "GetResourcePolicy"];

    private static IReadOnlyList<OperationContract> OfV2 => ElasticLoadBalancingV2Contract.Service.Operations;

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
            .Where(name => !name.StartsWith(Fixture.V2, StringComparison.Ordinal) && Fixture.ErrorCodeOf(name) is not null)
            .Select(name => $"{Fixture.ActionOf(name)} {Fixture.ErrorCodeOf(name)}")
            .ToHashSet();
        var never = NeverAnswered(Row()).ToHashSet();

        Assert.Empty(modelled.Except(shown).Except(never));
        Assert.Empty(never.Except(modelled));
        Assert.Empty(never.Intersect(shown));
    }

    [Fact]
    public void Each_action_of_version_2_has_a_fixture_by_each_client_that_knows_it()
    {
        var missing =
            from operation in OfV2
            where !NeverDone.Contains(operation.Name)
            from client in ElbClients.All
            let isKnown = client is not (AwsCli or Boto3) || !NewerThanDebian.Contains(operation.Name)
            let name = $"{Fixture.V2}{operation.Name}/{client}"
            where isKnown && !Fixture.Names.Contains(name)
            select name;

        Assert.Empty(missing);
    }

    [Fact]
    public void Each_error_that_the_model_of_version_2_lists_has_a_fixture_or_a_reason_why_no_request_gets_it()
    {
        var modelled = OfV2
            .SelectMany(operation => operation.Errors.Select(error => $"{operation.Name} {error.Code}"))
            .ToHashSet();
        var shown = Fixture.Names
            .Where(name => name.StartsWith(Fixture.V2, StringComparison.Ordinal) && Fixture.ErrorCodeOf(name) is not null)
            .Select(name => $"{Fixture.ActionOf(name)} {Fixture.ErrorCodeOf(name)}")
            .ToHashSet();
        var never = NeverAnswered(V2Row()).ToHashSet();

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
    private static IEnumerable<string> NeverAnswered(Regex row) => row
        .Matches(File.ReadAllText(Path.Combine(SourceFolder.Fixtures, "README.md")))
        .Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}");

    [GeneratedRegex("^\\| `elbv2 ([A-Za-z]+)` \\| `([A-Za-z]+)` \\| [^|]+ \\|$", RegexOptions.Multiline)]
    private static partial Regex V2Row();

    [GeneratedRegex("^\\| `([A-Za-z]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex ActionRow();

    [GeneratedRegex("^\\| `([A-Za-z]+)` \\| `([A-Za-z]+)` \\| [^|]+ \\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
