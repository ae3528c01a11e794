using System.Text;
using CloudLb.AwsApi.Generator;

if (args is not [var modelFile, var patchFile, var targetNamespace, var outputDirectory])
{
    Console.Error.WriteLine("usage: CloudLb.AwsApi.Generator <model.json> <patches.json> <namespace> <output directory>");
    return 2;
}

var contracts = ContractGenerator.Generate(modelFile, patchFile, targetNamespace);
foreach (var old in Directory.EnumerateFiles(outputDirectory, "*.g.cs").Where(
    file => ContractGenerator.IsMadeFrom(modelFile, File.ReadAllText(file))))
{
    File.Delete(old);
}

foreach (var (name, text) in contracts)
{
    File.WriteAllText(Path.Combine(outputDirectory, name), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}

Console.WriteLine($"{contracts.Count} files written to {outputDirectory}");
return 0;
