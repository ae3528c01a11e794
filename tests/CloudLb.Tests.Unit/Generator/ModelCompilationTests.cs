using CloudLb.AwsApi;
using CloudLb.AwsApi.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudLb.Tests.Unit.Generator;

/// <summary>The generator takes the models of AWS that are there, and what it makes of them compiles.</summary>
public sealed class ModelCompilationTests
{
    /// <summary>The other half of a pattern's method is made by a generator that does not run here.</summary>
    private const string MissingHalf = "CS8795";

    private static readonly Lazy<MetadataReference[]> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(file => MetadataReference.CreateFromFile(file)),
        MetadataReference.CreateFromFile(typeof(ServiceContract).Assembly.Location),
    ]);

    /// <summary>The repository's, and those of the reference beside it, where there is one.</summary>
    public static TheoryData<string> Models =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*-20??-??-??.json", SearchOption.AllDirectories)
            .Where(
                file => Path.GetFileName(Path.GetDirectoryName(file)) == "Contracts" && !file.Contains("/bin/", StringComparison.Ordinal))
            .Concat(
                Reference is { Exists: true } reference ? reference.EnumerateFiles("*-20??-??-??.json").Select(file => file.FullName) : [])
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    private static DirectoryInfo Reference { get; } = new(Path.Combine(Repository.Root, "..", "shared", "reference", "models"));

    [Theory]
    [MemberData(nameof(Models))]
    public void What_is_made_of_a_model_compiles(string model)
    {
        var folder = Directory.CreateTempSubdirectory("cloudlb-models-");
        try
        {
            var patches = Path.Combine(folder.FullName, "patches.json");
            File.WriteAllText(patches, "[]");

            var contracts = ContractGenerator.Generate(Path.Combine(Repository.Root, model), patches, "Demo");

            var token = TestContext.Current.CancellationToken;
            var options = new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
            var trees = contracts.Values.Append(Usings).Select(text => CSharpSyntaxTree.ParseText(text, cancellationToken: token));
            var found = CSharpCompilation.Create("Demo", trees, References.Value, options).GetDiagnostics(token)
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != MissingHalf);
            Assert.Empty(found.Select(diagnostic => diagnostic.ToString()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Those that every project here has.</summary>
    private const string Usings = "global using System; global using System.Collections.Generic;";
}
