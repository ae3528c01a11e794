using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Kit;

/// <summary>What docs/ci.md tells to put into a project does what it says.</summary>
public sealed class CiDocumentTests(CiDocumentTests.BuiltFixture fixture) : IClassFixture<CiDocumentTests.BuiltFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task The_commands_for_a_shell_work() => CiDocument.RunAsync([CiDocument.Blocks("sh")[0]], [], null, [], Token);

    [Fact]
    public async Task Beside_moto_one_endpoint_does_for_all()
    {
        await using (await MotoServer.StartAsync(Token))
        {
            // It is there: this test is skipped where it is not.
        }

        await CiDocument.RunAsync([CiDocument.Blocks("sh")[1]], [("MOTO_PORT", $"{Ports.Free(IPAddress.Loopback)}")], null, [], Token);
    }

    [Fact]
    public async Task Real_pytest_runs_the_fixture()
    {
        var there = await ChildProcess.RunAsync("/usr/bin/python3", ["-c", "import boto3, pytest"], [], Token);
        Installed.OrSkip(there.ExitCode == 0, "pytest and boto3 are not installed (apt install python3-pytest python3-boto3).");
        var blocks = CiDocument.Blocks("python");

        await CiDocument.RunAsync(
            ["/usr/bin/python3 -m pytest -q"], [], null, [("conftest.py", blocks[0]), ("test_web.py", blocks[1])], Token);
    }

    [Fact]
    public async Task The_jobs_for_GitHub_and_GitLab_install_start_and_use_it()
    {
        Installed.HAProxyOrSkip();
        var directory = Directory.CreateTempSubdirectory("clb-tarball-").FullName;
        var tarball = Path.Combine(directory, "cloudlb.tar.gz");

        // The whole of it is tried with tests/run --publish; what a job does with it is the same.
        Directory.CreateDirectory(Path.Combine(directory, "cloudlb"));
        var program = Path.Combine(directory, "cloudlb", "cloudlb");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec '{CloudLbProcess.Executable}' \"$@\"\n", Token);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var packed = await ChildProcess.RunAsync("tar", ["-C", directory, "-czf", tarball, "cloudlb"], [], Token);
        Assert.True(packed.ExitCode == 0, packed.Error);

        await RunJobsAsync(tarball);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task The_published_tarball_runs_the_jobs()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CLOUDLB_TEST_PUBLISH") == "1", "tests/run --publish does this.");
        var published = await ChildProcess.RunAsync(
            Path.Combine(CiDocument.Repository, "deploy", "publish"), ["linux-x64"], [], Token, TimeSpan.FromMinutes(20));
        Assert.True(published.ExitCode == 0, published.Output + published.Error);

        await RunJobsAsync(Path.Combine(CiDocument.Repository, "artifacts", "cloudlb-linux-x64.tar.gz"));
    }

    [Fact]
    public async Task The_fixture_for_xUnit_is_the_one_that_this_test_uses()
    {
        var source = await File.ReadAllTextAsync(Path.Combine(SourceFolder.Path, "Kit", "CloudLbFixture.cs"), Token);
        Assert.Equal(source, CiDocument.Blocks("csharp").Single());

        var api = new ElbApi(fixture.Url, EphemeralServer.Owner);
        await api.CreateWebAsync("web", 8000, Token);
        await fixture.ResetAsync();
        Assert.Empty((await api.CallAsync("Action=DescribeLoadBalancers", Token)).Values("LoadBalancerName"));
    }

    private static async Task RunJobsAsync(string tarball)
    {
        var jobs = CiDocument.Blocks("yaml");
        var github = (await ParseAsync(jobs[0]))["jobs"]!["tests"]!["steps"]!.AsArray();
        await CiDocument.RunAsync(
            [.. github.Where(step => (string?)step!["if"] is null).Select(step => (string?)step!["run"]).OfType<string>()], [], tarball, [],
            Token);

        // GitLab's runner makes one script of both.
        var gitlab = (await ParseAsync(jobs[1]))["tests"]!;
        var lines = gitlab["before_script"]!.AsArray().Concat(gitlab["script"]!.AsArray()).Select(line => (string)line!)
            .Where(line => !line.Contains("apt-get", StringComparison.Ordinal));
        await CiDocument.RunAsync([string.Join('\n', lines)], [], tarball, [], Token);
    }

    private static async Task<JsonNode> ParseAsync(string yaml)
    {
        const string ToJson = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.argv[1])))";
        var parsed = await ChildProcess.RunAsync("/usr/bin/python3", ["-c", ToJson, yaml], [], Token);
        Installed.OrSkip(
            !parsed.Error.Contains("ModuleNotFoundError", StringComparison.Ordinal), "PyYAML is missing (apt install python3-yaml).");
        Assert.True(parsed.ExitCode == 0, parsed.Error);
        return JsonNode.Parse(parsed.Output)!;
    }

    /// <summary>The document's fixture, with the CloudLb that was built and not the one on the path.</summary>
    public sealed class BuiltFixture : CloudLbFixture
    {
        protected override ProcessStartInfo Start
        {
            get
            {
                Installed.HAProxyOrSkip();
                var start = new ProcessStartInfo(CloudLbProcess.Executable, base.Start.ArgumentList);
                foreach (var (name, value) in EphemeralServer.Environment)
                {
                    start.Environment[name] = value;
                }

                return start;
            }
        }
    }
}
