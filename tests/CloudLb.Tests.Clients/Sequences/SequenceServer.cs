using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>A server with the fixtures' inventory, and an account for each test that asks for one.</summary>
public sealed class SequenceServer : IAsyncLifetime
{
    /// <summary>What the recorded calls of Terraform are told apart by from those of the real one.</summary>
    internal const string TerraformAgent =
        "APN/1.0 HashiCorp/1.0 Terraform/1.8.5 (+https://www.terraform.io) terraform-provider-aws/5.51.1 " +
        "(+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go/1.53.9 (go1.22.3; linux; amd64)";

    private const string KubernetesAgent = "aws-sdk-go-v2/1.36.3 os/linux lang/go#1.24.2 md/GOOS#linux md/GOARCH#amd64 " +
        "api/elasticloadbalancing#1.29.1 kubernetes/v1.33.0";

    private const string EksctlAgent = "aws-sdk-go-v2/1.36.3 os/linux lang/go#1.24.2 md/GOOS#linux md/GOARCH#amd64 " +
        "api/elasticloadbalancing#1.29.1 eksctl/0.210.0";

    private const int Accounts = 20;

    private CloudLbProcess? _process;
    private int _used;

    public async ValueTask InitializeAsync()
    {
        if (!Installed.IsHAProxyThere)
        {
            return;
        }

        var keys = Enumerable.Range(0, Accounts).Select(AccountOf).SelectMany((account, index) => new[]
        {
            ($"AccessKeys:{index + 1}:AccountId", account.Id),
            ($"AccessKeys:{index + 1}:AccessKeyId", account.AccessKeyId),
            ($"AccessKeys:{index + 1}:SecretAccessKey", account.SecretAccessKey),
        });
        _process = await CloudLbProcess.StartAsync(
            TestContext.Current.CancellationToken,
            [("DnsSuffix", "elb.amazonaws.com"), ("Inventory:File", Path.Combine(SourceFolder.Fixtures, "inventory.json")), .. keys]);
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>
    /// Each in an account of its own: what is made up there (zones' subnets, groups) follows from the account and the region.
    /// </summary>
    internal GoSdk Terraform(int account) => Client(account, TerraformAgent);

    internal GoSdk Kubernetes(int account) => Client(account, KubernetesAgent);

    internal GoSdk Eksctl(int account) => Client(account, EksctlAgent);

    /// <summary>An account that no other test has; not the same in every run.</summary>
    internal int FreshAccount() => Accounts - Interlocked.Increment(ref _used);

    private GoSdk Client(int account, string userAgent)
    {
        Installed.HAProxyOrSkip();
        return new(_process!.Url, AccountOf(account), userAgent);
    }

    private static Account AccountOf(int number) =>
        new($"{400_000_000_000 + number}", $"AKIDSEQUENCE{number}", Account.First.SecretAccessKey);
}
