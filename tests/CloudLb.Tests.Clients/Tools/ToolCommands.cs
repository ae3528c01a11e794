using CloudLb.Tests.Clients.Harness;

[assembly: AssemblyFixture(typeof(CloudLb.Tests.Clients.Tools.ToolCommands))]

namespace CloudLb.Tests.Clients.Tools;

/// <summary>
/// The real executable under its links, as <c>install-links</c> makes them; <c>CLOUDLB_TEST_TOOLS</c> names another one than the
/// built.
/// </summary>
public sealed class ToolCommands : IAsyncLifetime
{
    /// <summary>Nothing of the machine's own settings reaches a command.</summary>
    private static readonly string[] Unset =
    [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION",
        "AWS_ENDPOINT_URL", "AWS_ELB_URL", "EC2_REGION", "EUCA_REGION", "EUCA_DEFAULT_REGION", "AWS_CREDENTIAL_FILE",
        "EUCA_CONFIG_PATH", "CLOUDLB_TOOLS_LONG_FORM",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("clb-tools-").FullName;

    public static string Executable { get; } = Environment.GetEnvironmentVariable("CLOUDLB_TEST_TOOLS") is { Length: > 0 } file
        ? file
        : Path.Combine(AppContext.BaseDirectory, "cloudlb-tools");

    /// <summary>Where the links are.</summary>
    public string Links => Path.Combine(_folder, "bin");

    /// <summary>With the first account's key.</summary>
    public string CredentialFile => Path.Combine(_folder, "credentials");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(
            CredentialFile, $"AWSAccessKeyId={Account.First.AccessKeyId}\nAWSSecretKey={Account.First.SecretAccessKey}\n");
        var installed = await ChildProcess.RunAsync(Executable, ["install-links", Links], [], CancellationToken.None);
        Assert.True(installed.ExitCode == 0, installed.Error);
    }

    /// <summary>
    /// The command with an endpoint and the first account's credential file in its environment, and whatever else a test says.
    /// </summary>
    internal Task<ChildProcess.Result> RunAsync(
        Uri url, string name, IEnumerable<string> arguments, params IEnumerable<(string Name, string? Value)> environment)
    {
        var variables = Unset.ToDictionary(variable => variable, _ => (string?)null);
        variables["HOME"] = _folder;
        variables["AWS_ELB_URL"] = url.ToString();
        variables["AWS_CREDENTIAL_FILE"] = CredentialFile;
        foreach (var (variable, value) in environment)
        {
            variables[variable] = value;
        }

        return ChildProcess.RunAsync(Path.Combine(Links, name), arguments, variables, TestContext.Current.CancellationToken);
    }

    /// <summary>A command that must succeed; returns what it printed.</summary>
    internal async Task<string> DoAsync(Uri url, string name, params IReadOnlyList<string> arguments)
    {
        var result = await RunAsync(url, name, arguments);
        Assert.True(result.ExitCode == 0, $"{name} {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Error}");
        Assert.Equal("", result.Error);
        return result.Output;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
