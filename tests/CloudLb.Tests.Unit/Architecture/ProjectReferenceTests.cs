using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CloudLb.Tests.Unit.Architecture;

/// <summary>Reads the references out of the built assemblies: what the compiler saw, whatever the project files say.</summary>
public sealed class ProjectReferenceTests
{
    /// <summary>The assembly of <c>CloudLb.Server</c>.</summary>
    private const string Executable = "cloudlb";

    /// <summary>The assembly of <c>CloudLb.Tools</c>.</summary>
    private const string Tools = "cloudlb-tools";

    private static readonly string[] Apis = ["CloudLb.Elb", "CloudLb.ElbV2", "CloudLb.Ec2", "CloudLb.Iam"];

    /// <summary>The arrows of the design: whom each project may reference. The executable may reference all but the generator.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["CloudLb.Core"] = [],
        ["CloudLb.AwsApi"] = [],
        ["CloudLb.AwsApi.Generator"] = [],
        ["CloudLb.Elb"] = ["CloudLb.AwsApi", "CloudLb.Core"],
        ["CloudLb.ElbV2"] = ["CloudLb.AwsApi", "CloudLb.Core"],
        ["CloudLb.Iam"] = ["CloudLb.AwsApi", "CloudLb.Core"],
        ["CloudLb.Ec2"] = ["CloudLb.AwsApi", "CloudLb.Core"],
        ["CloudLb.Acm"] = ["CloudLb.AwsApi", "CloudLb.Core"],
        ["CloudLb.Passthrough"] = ["CloudLb.AwsApi"],
        ["CloudLb.HAProxy"] = ["CloudLb.Core"],
        ["CloudLb.Nginx"] = ["CloudLb.Core"],
        ["CloudLb.Storage.Sqlite"] = ["CloudLb.Core"],
        ["CloudLb.AccessLogs"] = ["CloudLb.Core"],
        ["CloudLb.OpenId"] = ["CloudLb.Core"],
        ["CloudLb.Dns"] = ["CloudLb.Core"],
        ["CloudLb.Cli"] = ["CloudLb.AwsApi", "CloudLb.Ec2", "CloudLb.Elb", "CloudLb.ElbV2", "CloudLb.Iam"],
        ["CloudLb.Operator"] = ["CloudLb.Cli", "CloudLb.Core"],
        [Tools] = ["CloudLb.AwsApi", "CloudLb.Elb"],
        [Executable] =
        [
            "CloudLb.Core", "CloudLb.AwsApi", "CloudLb.Elb", "CloudLb.ElbV2", "CloudLb.Iam", "CloudLb.Ec2", "CloudLb.HAProxy",
            "CloudLb.Nginx", "CloudLb.Storage.Sqlite", "CloudLb.AccessLogs", "CloudLb.Dns",
            "CloudLb.Cli", "CloudLb.Operator", "CloudLb.Passthrough", "CloudLb.Acm", "CloudLb.OpenId",
        ],
    };

    [Fact]
    public void Every_built_project_stands_in_the_table_and_keeps_to_its_arrows()
    {
        var built = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => IsOurs(Path.GetFileNameWithoutExtension(file)))
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!, ReferencesToOurs);
        var unlisted = built.Keys.Where(project => !Allowed.ContainsKey(project))
            .Concat(built
                .SelectMany(project => project.Value.Select(reference => (From: project.Key, To: reference)))
                .Where(arrow => !Allowed.GetValueOrDefault(arrow.From, []).Contains(arrow.To))
                .Select(arrow => $"{arrow.From} -> {arrow.To}"));

        Assert.Empty(unlisted);
        Assert.Equal(["CloudLb.AwsApi", "CloudLb.Core"], built["CloudLb.Elb"].Order());
    }

    /// <summary>They are clients: the server's rooms stay out of them.</summary>
    [Theory]
    [InlineData(Tools)]
    [InlineData("CloudLb.Cli")]
    public void Commands_use_nothing_of_an_API_but_its_contracts(string project)
    {
        using var assembly = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{project}.dll")));
        var metadata = assembly.GetMetadataReader();
        var namespaces = metadata.TypeReferences.Select(handle => metadata.GetString(metadata.GetTypeReference(handle).Namespace))
            .Where(name => Apis.Any(api => name == api || name.StartsWith($"{api}.", StringComparison.Ordinal))).Distinct();

        Assert.All(namespaces, name => Assert.EndsWith(".Contracts", name, StringComparison.Ordinal));
        Assert.Contains("CloudLb.Elb.Contracts", namespaces);
    }

    private static bool IsOurs(string name) =>
        (name is Executable or Tools || name.StartsWith("CloudLb.", StringComparison.Ordinal))
            && !name.StartsWith("CloudLb.Tests.", StringComparison.Ordinal);

    private static List<string> ReferencesToOurs(string file)
    {
        using var assembly = new PEReader(File.OpenRead(file));
        var metadata = assembly.GetMetadataReader();
        return [
            .. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).Where(IsOurs)];
    }
}
