using System.Security.Cryptography.X509Certificates;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>What somebody has changed by hand, at HAProxy's socket or in its files: found by looking, and put right by a hand-over or by writing the file again.</summary>
internal sealed partial class Cell
{
    // Servers are looked at in every poll; all the rest takes a command for each certificate.
    private static readonly TimeSpan ThoroughInterval = TimeSpan.FromMinutes(1);
    private static readonly string[] ProcessLimits = ["Maxconn: ", "ConnRateLimit: ", "SessRateLimit: ", "SslRateLimit: "];

    private readonly WrittenFiles _written = new();
    private readonly Dictionary<string, string?> _thumbprints = [];

    /// <summary>Looks at all that is not looked at in every poll.</summary>
    private async Task LookThroughAsync(CellProcess process, CancellationToken cancellationToken)
    {
        if (_drift is null && !(context.Clock.GetSteadyTime() - process.LookedThrough < ThoroughInterval))
        {
            TakeUp(await DriftInListenersAsync(process, cancellationToken) ?? await DriftInCertificatesAsync(process, cancellationToken) ?? DriftInSockets(process));
            PutFilesRight();
            process.LookedThrough = context.Clock.GetSteadyTime();
        }
    }

    private void TakeUp(string? drift)
    {
        if (drift is not null && _drift is null)
        {
            Log.Drifted(context.Logger, Number, drift);
            _drift = "drift";
            context.Changes.Raise();
        }
    }

    /// <summary>What a process has otherwise than it was told; null when nothing.</summary>
    private string? DriftIn(CellProcess process, IReadOnlyCollection<ServerState> servers)
    {
        var expected = _entries.Values.Where(entry => entry.Served is not null)
            .SelectMany(entry => ActiveMembers(entry.Served!)).ToDictionary(active => active.Name);
        foreach (var server in servers.Where(server => !process.Draining.ContainsKey(server.Name)))
        {
            if (!expected.Remove(server.Name, out var active))
            {
                return $"{server.Name} is there and should not be";
            }

            if (!IsAsSet(server, active.Member, active.Probe))
            {
                return $"{server.Name} is not as it was set";
            }
        }

        return expected.Count > 0 ? $"{expected.Keys.First()} is missing" : null;
    }

    private static bool IsAsSet(ServerState server, PlannedMember member, PlannedProbe probe) =>
        !server.IsInMaintenance && !server.IsInDrain && server.Weight == member.Weight
        && server.Port == member.Port && server.Address.Equals(member.Address) && server.IsSecure == member.IsSecure
        && server.IsChecked && server.CheckPort == probe.PortOf(member);

    private async Task<string?> DriftInListenersAsync(CellProcess process, CancellationToken cancellationToken)
    {
        var served = _entries.Values.Select(entry => entry.Served).OfType<PlannedLoadBalancer>()
            .SelectMany(loadBalancer => loadBalancer.Listeners.SelectMany(listener => LogSlot.Frontends(loadBalancer, listener.Port, process.Threads))).ToHashSet();
        var answers = await process.Session.SendAsync(["show info", "show stat -1 5 -1"], cancellationToken);
        var limits = answers[0].Split('\n').SelectMany(line => ProcessLimits.Where(line.StartsWith).Select(label => (Name: label, Limit: line[label.Length..]))).ToList();
        foreach (var row in StatText.Read(answers[1]).Where(row => ProxyName.TryParse(row["pxname"], out _, out _)))
        {
            var name = row["pxname"];
            var isListener = row["svname"] == "FRONTEND";
            if (isListener && served.Remove(name) != (row["status"] == "OPEN"))
            {
                return $"{name} is {row["status"]}";
            }

            limits.Add((isListener ? name : $"{name}/{row["svname"]}", row["slim"]));
        }

        return served.Count > 0 ? $"{served.First()} is missing"
            : limits.FirstOrDefault(limit => !process.Limits.TryAdd(limit.Name, limit.Limit) && process.Limits[limit.Name] != limit.Limit) is (string changed, _)
                ? $"{changed.TrimEnd(' ', ':')} takes another number at once"
                : null;
    }

    private async Task<string?> DriftInCertificatesAsync(CellProcess process, CancellationToken cancellationToken)
    {
        var used = _entries.Values.SelectMany(entry => CertificatesOf(entry.Served)).ToList();
        var answers = await process.Session.SendAsync([.. used.Select(each => CertificateCommands.Show(_certificates.PathOf(each.Listener)))], cancellationToken);
        return used.Zip(answers, (each, answer) => (each.Listener, Actual: CertificateCommands.Thumbprint(answer), Expected: ThumbprintOf(each.CertificateId)))
            .FirstOrDefault(each => each.Actual is not null && each.Expected is not null && each.Actual != each.Expected) is ({ } changed, _, _)
                ? $"{changed} shows another certificate"
                : null;
    }

    /// <summary>The link to it is put right with the files.</summary>
    private string? DriftInSockets(CellProcess process)
    {
        var socket = directory.PassOnSocket(process.Generation);
        _passOn.PointTo(process.Generation);
        return File.Exists(socket) ? null : $"{socket} is gone";
    }

    /// <summary>Null when the certificate is not there any more.</summary>
    private string? ThumbprintOf(string certificateId)
    {
        if (!_thumbprints.TryGetValue(certificateId, out var thumbprint))
        {
            using var certificate = context.Certificates.ReadPem(certificateId) is { } pem ? X509Certificate2.CreateFromPem(pem) : null;
            _thumbprints[certificateId] = thumbprint = certificate?.Thumbprint;
        }

        return thumbprint;
    }

    /// <summary>The files are what a start without CloudLb would serve, and how the next CloudLb finds the process.</summary>
    private void PutFilesRight()
    {
        // What is about to change is written then.
        if (_isUnwritten || _changed.Count > 0)
        {
            return;
        }

        if (_written.FirstChanged() is { } file)
        {
            Log.FileChanged(context.Logger, Number, file);
            WriteFiles();
        }

        if (_passOn.FirstChanged() is { } list)
        {
            Log.FileChanged(context.Logger, Number, list);
            WriteFiles();
        }

        if (_certificates.FirstChanged() is { } certificate)
        {
            Log.FileChanged(context.Logger, Number, certificate);
            WriteCertificates();
        }
    }
}
