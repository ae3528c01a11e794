using System.Text.Json.Nodes;
using CloudLb.AwsApi.Generator.Emitting;
using CloudLb.AwsApi.Generator.Model;

namespace CloudLb.AwsApi.Generator;

/// <summary>From a service model and its patches to the text of the contracts.</summary>
public static class ContractGenerator
{
    /// <summary>Whether a file is one of this model's contracts: several models may share a folder.</summary>
    public static bool IsMadeFrom(string modelFile, string text) =>
        text.Contains($"{ContractEmitter.MadeFrom}{Path.GetFileName(modelFile)} and ", StringComparison.Ordinal);

    /// <returns>File name to text, ordered by name.</returns>
    public static SortedDictionary<string, string> Generate(string modelFile, string patchFile, string targetNamespace)
    {
        var document = JsonNode.Parse(File.ReadAllText(modelFile))!;
        foreach (var patch in ModelPatch.ReadAll(patchFile))
        {
            patch.ApplyTo(document);
        }

        var model = ServiceModel.Read(document);
        var source = $"{Path.GetFileName(modelFile)} and {Path.GetFileName(patchFile)}";
        return new ContractEmitter(model, targetNamespace, source).Emit();
    }
}
