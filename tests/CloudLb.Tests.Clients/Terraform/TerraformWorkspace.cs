using System.Text;
using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Terraform;

/// <summary>A directory with a configuration and its state, in which the real Terraform is run as a user runs it.</summary>
/// <remarks>
/// Among the other tests its commands share one provider (<see cref="TerraformProvider"/>). Where every change is a step of its own, each
/// starts the provider anew, as it does for a user, and so does every command of a workspace with several configurations of the provider.
/// </remarks>
internal sealed class TerraformWorkspace : IAsyncDisposable
{
    /// <summary>Of one command. An apply that tries again what is refused gives up after five minutes by itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clb-terraform-");
    private readonly Dictionary<string, string?> _environment;
    private readonly CancellationToken _cancellationToken;
    private readonly string _endpoint;
    private TerraformProvider? _provider;
    private bool _isProviderShared = !TerraformRounds.AreAll;

    private TerraformWorkspace(Uri url, TerraformEndpoint endpoint, Account account, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _environment = new()
        {
            // Nothing of whoever runs the tests: no profile, no endpoint, no configuration of Terraform.
            ["HOME"] = _directory.FullName,
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_PROFILE"] = null,
            ["AWS_SESSION_TOKEN"] = null,
            ["AWS_DEFAULT_REGION"] = null,
            ["AWS_CA_BUNDLE"] = null,
            ["AWS_ENDPOINT_URL"] = null,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["TF_CLI_CONFIG_FILE"] = Path("terraform.rc"),
            ["TF_CLI_ARGS"] = null,
            ["TF_REATTACH_PROVIDERS"] = null,
            ["TF_WORKSPACE"] = null,
            ["TF_IN_AUTOMATION"] = "1",
            ["TF_INPUT"] = "0",
            ["CHECKPOINT_DISABLE"] = "1",
            // A provider that lives for seconds need not collect its garbage as often: a quarter of its processor time (5.100.0).
            ["GOGC"] = "400",
        };

        Write("terraform.rc", TerraformInstalled.Configuration);
        _endpoint = Endpoint(url.ToString().TrimEnd('/'), endpoint, account);
        Write("provider.tf", Provider(endpoint == TerraformEndpoint.Block ? $"  region = \"{Account.Region}\"" : ""));
    }

    /// <param name="url">CloudLb's, or that of whatever stands in for AWS.</param>
    /// <param name="endpoint">How the provider is told so.</param>
    /// <param name="account">Whose key it signs with.</param>
    /// <param name="cancellationToken">Ends every command of the workspace.</param>
    public static TerraformWorkspace Open(Uri url, TerraformEndpoint endpoint, Account account, CancellationToken cancellationToken)
    {
        TerraformInstalled.OrSkip();
        return new(url, endpoint, account, cancellationToken);
    }

    /// <summary>Writes another configuration of the provider, which is told where to ask as the workspace's own one is.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="more">What else stands in it: an alias, another region.</param>
    public void WriteProvider(string file, string more)
    {
        _isProviderShared = false;
        Write(file, Provider(more));
    }

    /// <summary>Writes a file of the configuration, <c>main.tf</c> or another.</summary>
    public void Write(string file, string text) => File.WriteAllText(Path(file), text);

    /// <summary>A file of the workspace.</summary>
    public string Path(string file) => System.IO.Path.Combine(_directory.FullName, file);

    /// <summary>Makes what the configuration says, and sees that a plan has nothing to do afterwards.</summary>
    /// <param name="step">What a failure is told with.</param>
    /// <param name="main">What <c>main.tf</c> says from now on.</param>
    public async Task ApplyAsync(string step, string main)
    {
        Write("main.tf", main);
        await ApplyAsync(step);
        await PlansNothingAsync(step);
    }

    /// <summary>Makes what the configuration says.</summary>
    public Task<ChildProcess.Result> ApplyAsync(string step) => SucceedsAsync(step, "apply", "-auto-approve");

    public async Task PlansNothingAsync(string step)
    {
        var plan = await RunAsync("plan", "-detailed-exitcode");
        Assert.True(plan.ExitCode == 0, $"{step}: the plan is not without changes.\n{Told(plan)}");
    }

    /// <summary>What a plan would change, each as <c>update aws_elb.web</c>; it must have something to change.</summary>
    public async Task<IReadOnlyList<string>> PlansAsync(string step)
    {
        var plan = await RunAsync("plan", "-detailed-exitcode", "-json");
        Assert.True(plan.ExitCode == 2, $"{step}: the plan has nothing to change, or failed.\n{Told(plan)}");
        return
        [
            .. plan.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!)
                .Where(message => (string?)message["type"] == "planned_change")
                .Select(
                    message => $"{message["change"]!["action"]} {message["change"]!["resource"]!["addr"]}").Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Removes everything, and sees that nothing is left in the state.</summary>
    public async Task DestroyAsync()
    {
        await SucceedsAsync("destroy", "destroy", "-auto-approve");
        var left = await SucceedsAsync("state list", "state", "list");
        Assert.Equal("", left.Output.Trim());
    }

    /// <summary>The outputs of the configuration as it was applied last, by their names.</summary>
    public async Task<JsonNode> OutputsAsync()
    {
        var result = await SucceedsAsync("output", "output", "-json");
        var outputs = new JsonObject();
        foreach (var (name, output) in JsonNode.Parse(result.Output)!.AsObject())
        {
            outputs[name] = output!["value"]?.DeepClone();
        }

        return outputs;
    }

    public async Task<ChildProcess.Result> SucceedsAsync(string step, params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"{step}: terraform {string.Join(' ', arguments)} failed.\n{Told(result)}");
        return result;
    }

    public async Task<ChildProcess.Result> RunAsync(params string[] arguments)
    {
        var started = TimeProvider.System.GetTimestamp();
        // Flags come before what a command is about; the one command that has another below it has no colours.
        string[] all =
        [
            $"-chdir={_directory.FullName}", arguments[0], .. arguments[0] == "state" ? Array.Empty<string>() : ["-no-color"],
            .. arguments[1..],
        ];
        if (_isProviderShared)
        {
            _provider ??= TerraformProvider.Start(_directory.FullName, _environment);
            _environment["TF_REATTACH_PROVIDERS"] = await _provider.AddressAsync(_cancellationToken);
        }

        var result = await ChildProcess.RunAsync(TerraformInstalled.Program, all, _environment, _cancellationToken, Patience);
        var took = TimeProvider.System.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"terraform {string.Join(' ', arguments)}: {result.ExitCode} after {took.TotalSeconds:0.0} s");
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }

    private string Provider(string more) => $$"""
        provider "aws" {
          max_retries = 10
        {{_endpoint}}
        {{more}}
        }
        """;

    private static string Told(ChildProcess.Result result) => $"{result.Output}\n{result.Error}";

    /// <summary>Writes what the way of telling needs besides; returns what stands in the provider's block.</summary>
    private string Endpoint(string url, TerraformEndpoint endpoint, Account account)
    {
        _environment["AWS_ACCESS_KEY_ID"] = endpoint == TerraformEndpoint.SharedConfiguration ? null : account.AccessKeyId;
        _environment["AWS_SECRET_ACCESS_KEY"] = endpoint == TerraformEndpoint.SharedConfiguration ? null : account.SecretAccessKey;
        _environment["AWS_REGION"] = endpoint == TerraformEndpoint.Environment ? Account.Region : null;
        switch (endpoint)
        {
            case TerraformEndpoint.Environment:
                _environment["AWS_ENDPOINT_URL"] = url;
                return "";
            case TerraformEndpoint.SharedConfiguration:
                Write("config", $"""
                    [profile tests]
                    region = {Account.Region}
                    services = cloudlb
                    aws_access_key_id = {account.AccessKeyId}
                    aws_secret_access_key = {account.SecretAccessKey}

                    [services cloudlb]

                    """ + new[] { "acm", "elastic_load_balancing", "elastic_load_balancing_v2", "ec2", "sts", "iam" }.Aggregate(
                    new StringBuilder(), (text, service) => text.Append(null, $"{service} =\n  endpoint_url = {url}\n")));
                return $"  profile             = \"tests\"\n  shared_config_files = [\"{Path("config")}\"]";
            default:
                return $$"""
                      endpoints {
                        acm = "{{url}}"
                        elb = "{{url}}"
                        elbv2 = "{{url}}"
                        ec2 = "{{url}}"
                        sts = "{{url}}"
                        iam = "{{url}}"
                      }
                    """;
        }
    }
}
