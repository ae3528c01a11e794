using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Applied;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>
/// The files of a cell: what a start without CloudLb would serve, how the next CloudLb finds the process, and what the next process is
/// started with. Used under the gate.
/// </summary>
internal sealed class CellFiles(
    CellContext context, Composer composer, LoadBalancerTexts texts, CertificateFiles certificates, MemberChecks checks)
{
    private readonly PassOnFiles _passOn = new(context.Directory);
    private readonly NamedFiles _pins = new(context.Directory.Pins);
    private readonly NamedFiles _named = new(context.Directory.NamedCertificates);
    private readonly ClientTrustFiles _trust = new(context.Directory.ClientTrust, context.ClientTrust);
    private readonly NamedFiles _keys = new(context.Directory.Keys);
    private readonly NamedFiles _rules = new(context.Directory.Rules);
    private readonly NamedFiles _weights = new(context.Directory.Weights);
    private readonly WrittenFiles _written = new();

    /// <summary>From now on this process is given what the others pass on.</summary>
    public void PointTo(CellProcess process) => _passOn.PointTo(process.Generation);

    /// <summary>
    /// Before a process starts: every certificate of a listener that it will read. One can be gone while its listener is still served with
    /// it, because the plan is older or cannot be served: the file that there is stays then. Without one HAProxy names the listener, which
    /// is left out.
    /// </summary>
    public void WriteCertificates()
    {
        foreach (var (listener, id) in context.State.Now.Targets
            .SelectMany(target => target.ListenerCertificates())
            .Where(used => !certificates.Holds(used.Listener, used.CertificateId)))
        {
            if (context.Certificates.ReadPem(id) is { } pem)
            {
                certificates.Write(listener, id, pem);
            }
        }
    }

    /// <summary>Writes what the next process is started with.</summary>
    /// <returns>Its configuration.</returns>
    public CellConfiguration WriteNext(long generation, int threads)
    {
        var configuration = composer.Compose(generation, threads, isNext: true);
        var targets = context.State.Now.Targets.ToList();
        WriteRead(targets, threads);
        PrivateFile.Write(context.Directory.NextConfiguration, configuration.Pieces, isDurable: false);
        return configuration;
    }

    /// <summary>
    /// In step with what runs, so that a start without CloudLb serves the same. Not waited for to reach the disk: all of it can be made
    /// again.
    /// </summary>
    public void WriteServed()
    {
        WriteWhoServes();
        WriteRest();
    }

    /// <summary>Which process serves and what, for the next CloudLb and those before. <see cref="WriteRest"/> follows.</summary>
    public void WriteWhoServes()
    {
        context.State.Change(state => state with { IsUnwritten = true });
        var state = context.State.Now;
        if (state.Process is { } process)
        {
            PointTo(process);
        }

        var applied = new AppliedProcess(state.Generation, state.Process?.ProcessId ?? 0);
        AppliedFile.Write(context.Directory.Applied, applied, state.Served.Select(texts.Line));
        _written.Note(context.Directory.Applied);
    }

    /// <summary>
    /// What a start without CloudLb would read. Where a CloudLb is killed before, the next one finds another configuration than it would
    /// write, and hands over.
    /// </summary>
    public void WriteRest()
    {
        var state = context.State.Now;
        var (directory, served) = (context.Directory, state.Served.ToList());
        if (state.Process is { } process)
        {
            WriteRead(served, process.Threads);
            PrivateFile.Write(directory.Configuration, composer.Compose(process.Generation, process.Threads).Pieces, isDurable: false);
            _written.Note(directory.Configuration);
        }

        checks.WriteUnproven();
        certificates.Keep(served.SelectMany(each => each.ListenerCertificates().Select(used => used.Listener)));
        _pins.Keep(served.SelectMany(PinFiles.Of));
        _named.Keep(served.SelectMany(NamedCertificateFiles.Of));
        _trust.Keep(served);
        _keys.Keep(served.SelectMany(KeyFiles.Of));
        _weights.Keep(served.SelectMany(WeightLines.FilesOf));
        if (state.Process is { Threads: var threads })
        {
            _rules.Keep(MapsOf(served, threads));
        }

        context.State.Change(state => state with { IsUnwritten = false });
    }

    /// <summary>Writes again what somebody has changed. What is about to change is written then.</summary>
    public void PutRight()
    {
        if (context.State.Now is { IsUnwritten: true } or { Changed.IsEmpty: false })
        {
            return;
        }

        if (_written.FirstChanged() is { } file)
        {
            CellLog.FileChanged(context.Logger, context.Number, file);
            WriteServed();
        }

        if (_passOn.FirstChanged() is { } list)
        {
            CellLog.FileChanged(context.Logger, context.Number, list);
            WriteServed();
        }

        if (certificates.FirstChanged() is { } certificate)
        {
            CellLog.FileChanged(context.Logger, context.Number, certificate);
            WriteCertificates();
        }
    }

    /// <summary>What the configuration of these load balancers refers to.</summary>
    private void WriteRead(List<PlannedLoadBalancer> loadBalancers, int threads)
    {
        _passOn.Write(loadBalancers);
        _pins.Write(loadBalancers.SelectMany(PinFiles.Of));
        _named.Write(loadBalancers.SelectMany(NamedCertificateFiles.Of));
        _trust.Write(loadBalancers);
        _keys.Write(loadBalancers.SelectMany(KeyFiles.Of));
        _weights.Write(loadBalancers.SelectMany(WeightLines.FilesOf));
        _rules.Write(MapsOf(loadBalancers, threads));
    }

    private IEnumerable<(string Name, string Text)> MapsOf(IEnumerable<PlannedLoadBalancer> loadBalancers, int threads) =>
        loadBalancers.SelectMany(each => texts.Sections(each, threads).Maps).Select(map => (map.Name, map.Text));
}
