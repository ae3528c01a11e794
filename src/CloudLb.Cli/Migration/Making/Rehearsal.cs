using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using CloudLb.Cli.Control;
using CloudLb.Cli.Migration.Planning;
using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Migration.Making;

/// <summary>
/// Makes everything once in a server that is there for nothing else and keeps nothing, to find out what CloudLb refuses. No instance is
/// registered there, so that none is asked anything.
/// </summary>
internal static class Rehearsal
{
    private const string Prefix = "CloudLb:";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The settings that decide what is taken; the rest is the rehearsal's own.</summary>
    private static readonly string[] Taken =
        ["AccountId", "Regions", "Quotas", "Inventory:File", "AccessLogs:BucketAccounts", "HAProxy:Path", "Nginx:Path"];

    // The server's own addresses are taken. Nobody asks the rehearsal for anything at those, so that the machine need not have them.
    private const string IPv6Pool = "IPv6AddressPool", IPv6PoolOfRehearsal = "fd6c:6f75:646c:6200::/64";

    /// <exception cref="CommandException">No such server can be had.</exception>
    public static async Task<IReadOnlyList<Refusal>> RunAsync(
        Estate source, Surroundings surroundings, EffectiveSettings settings, string region, Func<int, string?> socketOf,
        CancellationToken cancellationToken)
    {
        using var process = Start(settings);
        try
        {
            using var control = new ControlClient(await SocketAsync(process, socketOf, cancellationToken));
            var server = await control.GetServerAsync(cancellationToken) with { Region = region };
            using var calls = new ApiCalls(server);
            var certificate = await CertificateAsync(calls, cancellationToken);
            var plan = Planner.Plan(WithoutTrustStores(source, surroundings), new(), new()
            {
                Certificate = arn => surroundings.Certificate(arn) is null ? null : certificate, TrustStore = surroundings.TrustStore,
                IsInstance = _ => true, Vpc = surroundings.Vpc, ClientSecret = surroundings.ClientSecret,
            });
            var runner = new StepRunner(calls, _ => { });
            await runner.RunAsync(plan.Without(RegistersInstances), cancellationToken);
            return runner.Refused;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>A load balancer that is a target is the rehearsal's own.</summary>
    private static bool RegistersInstances(Step step) => step.Action.StartsWith("Register", StringComparison.Ordinal)
        && !Wire.Items(step.Request, "Targets").All(
            target => Wire.Text(target, "Id") is { } id && id.StartsWith("arn:", StringComparison.Ordinal));

    /// <summary>
    /// Those that the server has cannot be had here, and whoever is let in makes no difference to the rest of a listener.
    /// </summary>
    private static Estate WithoutTrustStores(Estate source, Surroundings surroundings) => source with
    {
        V2 =
        [
            .. source.V2.Select(one =>
            {
                var authentication = Wire.Of(one.Description, "MutualAuthentication");
                if (Wire.Text(authentication, "TrustStoreArn") is not { } arn || surroundings.TrustStore(arn) is null)
                {
                    return one;
                }

                var description = one.Description.DeepClone().AsObject();
                description["MutualAuthentication"] = new JsonObject { ["Mode"] = "passthrough" };
                return one with { Description = description };
            }),
        ],
    };

    private static Process Start(EffectiveSettings settings)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["serve", "--Ephemeral"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        foreach (var name in start.Environment.Keys
            .Where(name => name.StartsWith("CloudLb__", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in settings.All.Where(setting => setting.Value.Length > 0))
        {
            var setting = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
            if (Taken.Any(taken => setting == taken || setting.StartsWith($"{taken}:", StringComparison.Ordinal)))
            {
                start.Environment[$"CloudLb__{setting.Replace(":", "__", StringComparison.Ordinal)}"] = value;
            }
            else if (setting == IPv6Pool || setting.StartsWith($"{IPv6Pool}:", StringComparison.Ordinal))
            {
                start.Environment[$"CloudLb__{IPv6Pool}"] = IPv6PoolOfRehearsal;
            }
        }

        var process = Process.Start(start) ?? throw new CommandException("No server can be started to try it in.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<string> SocketAsync(Process process, Func<int, string?> socketOf, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        for (var since = clock.GetTimestamp(); clock.GetElapsedTime(since) < Patience; await Task.Delay(Pause, clock, cancellationToken))
        {
            var hasExited = process.HasExited;
            if (socketOf(process.Id) is { } socket)
            {
                return socket;
            }

            if (hasExited)
            {
                throw new CommandException("The server to try it in has ended; 'cloudlb serve --Ephemeral' says why.");
            }
        }

        throw new CommandException($"The server to try it in is not ready after {Patience.TotalSeconds:0} seconds.");
    }

    /// <summary>One that stands in for all, since the rehearsal has none of the server's.</summary>
    private static async Task<string> CertificateAsync(ApiCalls calls, CancellationToken cancellationToken)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=cloudlb-rehearsal", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var answer = await calls.SendAsync(
            ApiService.Iam, "UploadServerCertificate",
            new()
            {
                ["ServerCertificateName"] = "cloudlb-rehearsal", ["CertificateBody"] = certificate.ExportCertificatePem(),
                ["PrivateKey"] = key.ExportPkcs8PrivateKeyPem(),
            },
            cancellationToken);
        return Wire.Text(Wire.Of(answer, "ServerCertificateMetadata"), "Arn") ?? "";
    }
}
