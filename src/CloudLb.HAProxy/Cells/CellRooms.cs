using CloudLb.HAProxy.Adopting;
using CloudLb.HAProxy.Counters;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.NextProcess;
using CloudLb.HAProxy.OldProcesses;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Updating;

namespace CloudLb.HAProxy.Cells;

/// <summary>The rooms of a cell, built from the bottom up: each is given those that it calls, and none knows the cell.</summary>
internal sealed class CellRooms
{
    /// <param name="context">What they work with.</param>
    /// <param name="queue">Where members wait to be looked at.</param>
    /// <param name="processes">How many cells serve something, or are about to.</param>
    public CellRooms(CellContext context, ProbeQueue queue, Func<int> processes)
    {
        var certificates = new CertificateFiles(context.Directory.Certificates, context.Directory.CertificatesOnDisk);
        Checks = new(context, queue);
        Starts = new(context, Checks.Health);
        Proofs = new(context, queue);
        Admission = new(context, Proofs);
        Traffic = new(context);
        Status = new(context, Checks.Health);

        Limits = new(context, Checks.Health);
        var removal = new Removal(context, Limits, Checks.Health, Traffic);
        var ending = new Ending(context, Traffic);
        Tending = new(context, removal, Traffic);
        Failed = new(context, Checks);

        Texts = new(context);
        Composer = new(context, Texts, certificates, processes);
        var files = new CellFiles(context, Composer, Texts, certificates, Checks);
        var stateFile = new StateFile(context, Checks.Health, Starts);
        var examination = new Examination(context, Admission, Texts, Composer);
        var end = new PassEnd(context, files, Texts, Traffic, ending);
        var start = new ProcessStart(context, examination, Composer, files, stateFile, ending);
        Life = new(context);
        HandOver = new(context, Checks, examination, start, new(context, Checks, Limits, files, Life, end), ending);

        var update = new RuntimeUpdate(context, Checks, Limits, removal, new(context, certificates), new(context), new(context));
        Pass = new(context, examination, Texts, update, end, ending);
        Poll = new(context, Checks, stateFile, new(context, new(context, certificates), Texts, files), Traffic);
        Adoption = new(context, Checks, Starts, Proofs, Limits, ending, Composer, Texts, files, Life);
        Stop = new(context, ending, certificates, files, stateFile);
    }

    public LoadBalancerTexts Texts { get; }

    public Composer Composer { get; }

    public MemberChecks Checks { get; }

    public SlowStarts Starts { get; }

    public MemberProofs Proofs { get; }

    public Admission Admission { get; }

    public TrafficReader Traffic { get; }

    public StatusReader Status { get; }

    public DrainLimits Limits { get; }

    public Tending Tending { get; }

    public FailedMembers Failed { get; }

    public LifeWatch Life { get; }

    public HandOver HandOver { get; }

    public CellPass Pass { get; }

    public CellPoll Poll { get; }

    public Adoption Adoption { get; }

    public CellStop Stop { get; }
}
