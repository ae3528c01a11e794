using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>
/// Terraform and the AWS provider as they are, where a machine has both. Neither is installed by <c>tests/run</c>: without them a test is
/// skipped with a sentence that says what is missing, in CI as well.
/// </summary>
internal static partial class TerraformInstalled
{
    /// <summary>Names the program, if it is not <c>terraform</c> on the PATH.</summary>
    private const string ProgramVariable = "CLOUDLB_TEST_TERRAFORM";

    /// <summary>Names a directory in which <c>registry.terraform.io</c> stands, if it is none of the usual places.</summary>
    private const string MirrorVariable = "CLOUDLB_TEST_TERRAFORM_PLUGINS";

    private const string ProviderPath = "registry.terraform.io/hashicorp/aws";

    private static readonly string Platform = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux_arm64" : "linux_amd64";
    private static readonly Lazy<string?> FoundProgram = new(FindProgram);
    private static readonly Lazy<string?> FoundProvider = new(FindProvider);

    public static string Program => FoundProgram.Value!;

    /// <summary>The directory of the provider's executable; the newest that there is.</summary>
    public static string Provider => FoundProvider.Value!;

    public static bool IsThere => FoundProgram.Value is not null && FoundProvider.Value is not null;

    /// <summary>
    /// What <c>TF_CLI_CONFIG_FILE</c> says, so that no <c>terraform init</c> is needed: the provider's files are taken where they are.
    /// </summary>
    public static string Configuration => $$"""
        provider_installation {
          dev_overrides { "hashicorp/aws" = "{{Provider}}" }
          direct {}
        }
        """;

    public static void OrSkip()
    {
        Assert.SkipWhen(
            FoundProgram.Value is null, $"Terraform is not installed: it is not on the PATH, and {ProgramVariable} names no program.");
        Assert.SkipWhen(
            FoundProvider.Value is null,
            $"Terraform's AWS provider is not on this machine: no plugin directory holds {ProviderPath}/VERSION/{Platform}; " +
            $"{MirrorVariable} may name one.");
    }

    private static string? FindProgram()
    {
        var named = Environment.GetEnvironmentVariable(ProgramVariable);
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(directory => Path.Combine(directory, "terraform"));
        return string.IsNullOrEmpty(named) ? path.FirstOrDefault(File.Exists) : File.Exists(named) ? named : null;
    }

    private static string? FindProvider() => Mirrors()
        .Select(mirror => Path.Combine(mirror, ProviderPath)).Where(Directory.Exists)
        .SelectMany(versions => Unpacked(versions).Concat(Packed(versions)))
        .OrderByDescending(found => found.Version).Select(found => found.Directory()).FirstOrDefault();

    /// <summary>Where Terraform itself looks, where its configuration sends it, and below <c>/opt</c>.</summary>
    private static IEnumerable<string> Mirrors()
    {
        if (Environment.GetEnvironmentVariable(MirrorVariable) is { Length: > 0 } named)
        {
            return [named];
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var configuration = Environment.GetEnvironmentVariable("TF_CLI_CONFIG_FILE") is { Length: > 0 } file
            ? file
            : Path.Combine(home, ".terraformrc");
        return
        [
            .. File.Exists(configuration) ? Named().Matches(File.ReadAllText(configuration)).Select(match => match.Groups[1].Value) : [],
            Environment.GetEnvironmentVariable("TF_PLUGIN_CACHE_DIR") ?? "",
            Path.Combine(home, ".terraform.d", "plugins"), Path.Combine(home, ".terraform.d", "plugin-cache"),
            Path.Combine(home, ".local", "share", "terraform", "plugins"),
            "/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins",
            "/opt", .. Directory.Exists("/opt") ? Directory.EnumerateDirectories("/opt") : [],
        ];
    }

    private static IEnumerable<(Version Version, Func<string> Directory)> Unpacked(string versions) =>
        from directory in Directory.EnumerateDirectories(versions)
        let version = Version.TryParse(Path.GetFileName(directory), out var parsed) ? parsed : null
        let platform = Path.Combine(directory, Platform)
        where version is not null && Directory.Exists(platform) && Directory.EnumerateFiles(platform, "terraform-provider-aws_*").Any()
        select (version, (Func<string>)(() => platform));

    /// <summary>As <c>terraform providers mirror</c> leaves it; unpacked once, for this run and later ones.</summary>
    private static IEnumerable<(Version Version, Func<string> Directory)> Packed(string versions) =>
        from file in Directory.EnumerateFiles(versions, $"terraform-provider-aws_*_{Platform}.zip")
        let version = Version.TryParse(Path.GetFileName(file).Split('_')[1], out var parsed) ? parsed : null
        where version is not null
        select (version, (Func<string>)(() => Unpack(file)));

    private static string Unpack(string file)
    {
        var artifacts = Path.GetFullPath(Path.Combine(SourceFolder.Path, "..", "..", "artifacts", "terraform-provider"));
        var directory = Path.Combine(artifacts, Path.GetFileNameWithoutExtension(file));
        if (!Directory.Exists(directory))
        {
            var unfinished = $"{directory}.{Environment.ProcessId}";
            ZipFile.ExtractToDirectory(file, unfinished);
            Directory.Move(unfinished, directory);
        }

        return directory;
    }

    [GeneratedRegex("""(?:path|plugin_cache_dir)\s*=\s*"([^"]+)"\s*""")]
    private static partial Regex Named();
}
