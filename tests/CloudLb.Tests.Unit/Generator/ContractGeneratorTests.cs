using CloudLb.AwsApi.Generator;
using CloudLb.Elb.Contracts;
using CloudLb.Iam.Contracts;

namespace CloudLb.Tests.Unit.Generator;

/// <summary>What the generator makes of a model, and what it says of one that it cannot do.</summary>
public sealed class ContractGeneratorTests : IDisposable
{
    private const string Model = """
        {
          "metadata": { "apiVersion": "2020-01-01", "protocol": "query", "serviceId": "Demo Service", "endpointPrefix": "demo", "xmlNamespace": "http://demo/" },
          "operations": {
            "Do": { "name": "Do", "input": { "shape": "OldInput" }, "output": { "shape": "OldOutput", "resultWrapper": "DoResult" } }
          },
          "shapes": {
            "OldInput": { "type": "structure", "required": ["Name"], "members": { "Name": { "shape": "Name" } } },
            "OldOutput": { "type": "structure", "members": { "Name": { "shape": "Name" } } },
            "Name": { "type": "string", "max": 5 }
          }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudlb-generator-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Names_come_from_the_operation_and_never_from_the_shape()
    {
        var text = Generate(Model)["Do.g.cs"];

        Assert.Contains("public sealed record DoRequest : IShape<DoRequest>", text, StringComparison.Ordinal);
        Assert.Contains("public sealed record DoResponse : IShape<DoResponse>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Old", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_patch_changes_the_model()
    {
        var files = Generate(Model, """[{ "path": "/shapes/Name/max", "value": 7, "reason": "seen" }]""");

        Assert.Contains("maxLength: 7", files["Do.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """[{ "path": "/shapes/Nome/max", "value": 7, "reason": "seen" }]""", "The patch /shapes/Nome/max finds no 'Nome' in the model.")]
    [InlineData("""[{ "path": "/shapes/Name/max", "value": 7 }]""", "The patch /shapes/Name/max has no reason.")]
    public void A_patch_without_a_place_or_a_reason_is_refused(string patches, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Generate(Model, patches)).Message);

    [Theory]
    [InlineData("\"string\"", "\"set\"", "The shape Name is of the type set, which is not supported.")]
    [InlineData("\"query\"", "\"rest-xml\"", "Services of the protocol 'rest-xml' cannot be generated.")]
    [InlineData(
        "{ \"shape\": \"Name\" }", "{ \"shape\": \"Name\", \"location\": \"header\" }",
        "The member Name stands in a place or has a form of its own, which is not supported.")]
    [InlineData(
        "\"string\", \"max\": 5",
        "\"list\", \"member\": { \"shape\": \"Inner\" } }, " +
            "\"Inner\": { \"type\": \"list\", \"max\": 5, \"member\": { \"shape\": \"Text\" } }, " +
            "\"Text\": { \"type\": \"string\"",
        "Name holds lists or maps with constraints or without an element of their own, which is not supported.")]
    public void What_it_cannot_do_it_says(string text, string changed, string message) => Assert.Equal(
        message, Assert.Throws<InvalidDataException>(() => Generate(Model.Replace(text, changed, StringComparison.Ordinal))).Message);

    [Fact]
    public void The_tables_name_every_operation_with_its_wrapper_and_errors()
    {
        Assert.Equal(29, ElasticLoadBalancingContract.Service.Operations.Count);
        Assert.All(
            ElasticLoadBalancingContract.Service.Operations, operation => Assert.Equal($"{operation.Name}Result", operation.ResultWrapper));
        Assert.Contains(
            new("InvalidConfigurationRequest", 409, "InvalidConfigurationRequestException"),
            ElasticLoadBalancingContract.CreateLoadBalancer.Errors);
        Assert.Contains(ElasticLoadBalancingErrors.LoadBalancerNotFound, ElasticLoadBalancingContract.DescribeLoadBalancers.Errors);
        Assert.Equal(new("LoadBalancerNotFound", 400, "AccessPointNotFoundException"), ElasticLoadBalancingErrors.LoadBalancerNotFound);
        Assert.Equal("sts", StsContract.Service.SigningName);
    }

    private SortedDictionary<string, string> Generate(string model, string patches = "[]")
    {
        var modelFile = Path.Combine(_folder.FullName, "model.json");
        var patchFile = Path.Combine(_folder.FullName, "patches.json");
        File.WriteAllText(modelFile, model);
        File.WriteAllText(patchFile, patches);
        return ContractGenerator.Generate(modelFile, patchFile, "Demo");
    }
}
