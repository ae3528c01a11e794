using CloudLb.AwsApi.Generator;

namespace CloudLb.Tests.Unit.Generator;

/// <summary>The committed contracts are what the generator makes of the committed models.</summary>
public sealed class StaleContractsTests
{
    [Theory]
    [InlineData("src/CloudLb.Elb", "elasticloadbalancing-2012-06-01.json")]
    [InlineData("src/CloudLb.ElbV2", "elasticloadbalancingv2-2015-12-01.json")]
    [InlineData("src/CloudLb.Iam", "sts-2011-06-15.json")]
    [InlineData("src/CloudLb.Iam", "iam-server-certificates-2010-05-08.json", "iam-patches.json")]
    [InlineData("src/CloudLb.Ec2", "ec2-2016-11-15.json")]
    [InlineData("src/CloudLb.Acm", "acm-2015-12-08.json")]
    [InlineData("tests/CloudLb.Tests.Clients/Protocols", "kinds-2020-01-01.json")]
    public void The_committed_contracts_are_those_of_the_model(string project, string model, string patches = "patches.json")
    {
        var folder = Path.Combine(Repository.Root, project, "Contracts");

        var contracts = $"{project.Split('/', 2)[1].Replace('/', '.')}.Contracts";
        var generated = ContractGenerator.Generate(Path.Combine(folder, model), Path.Combine(folder, patches), contracts);

        var committed = Directory.EnumerateFiles(folder, "*.g.cs")
            .Select(file => (Name: Path.GetFileName(file), Text: File.ReadAllText(file)))
            .Where(file => ContractGenerator.IsMadeFrom(model, file.Text))
            .ToDictionary(file => file.Name, file => file.Text);
        Assert.Equal(generated.Keys.Order(StringComparer.Ordinal), committed.Keys.Order(StringComparer.Ordinal));
        Assert.All(generated, file => Assert.Equal(file.Value, committed[file.Key]));
    }
}
