using CloudLb.Core;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>The look at everything that a process has, every few seconds. It costs little while there is nothing new.</summary>
internal sealed partial class Cell
{
    private const string AskForStates = "show servers state", AskForActivity = "show info";

    private string _stateText = "";

    // Counts what was done here but for polls.
    private int _revision;
    private Seen? _seen;

    /// <summary>Reads all members' states: finds events that were lost, members that were changed by hand, and a process that hangs.</summary>
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        if (_process is not { IsAlive: true } process)
        {
            return;
        }

        try
        {
            var answers = await process.Session.SendAsync([AskForStates, AskForActivity], cancellationToken);
            var seen = new Seen(process, ServerStateText.Fingerprint(answers[0]), _health.Version, _revision);
            if (seen != _seen || _drift is not null)
            {
                var servers = ServerStateText.Read(answers[0]).ToList();
                Observe(process, servers);
                TakeUp(DriftIn(process, servers));
                WriteStateFile();
                _seen = seen with { Health = _health.Version };
            }

            await LookThroughAsync(process, cancellationToken);
            RenewTicketKeys(process);
            KeepStateFile();
            await ReadTrafficAsync(process, answers[1], cancellationToken);
        }
        catch (RuntimeException exception)
        {
            Log.CommandFailed(context.Logger, Number, exception.Message);
        }
    }

    /// <summary>So that the next process begins where this one is, also after a crash.</summary>
    private void WriteStateFile()
    {
        var text = ServerStateText.Write(_entries.Values
            .Where(entry => entry.Target is not null)
            .OrderBy(entry => entry.Id)
            .SelectMany(entry => ActiveMembers(entry.Target!))
            .Select(active => (_health.StateOf(active.Name, active.Member), active.Probe)));
        if (text != _stateText || !File.Exists(directory.StateFile))
        {
            PrivateFile.Write(directory.StateFile, text, isDurable: false);
            _stateText = text;
        }
    }

    /// <summary>Its age says how long ago everything was looked at.</summary>
    private void KeepStateFile()
    {
        try
        {
            File.SetLastWriteTimeUtc(directory.StateFile, context.Clock.GetUtcNow().UtcDateTime);
        }
        catch (FileNotFoundException)
        {
            // Somebody has deleted it.
            WriteStateFile();
        }
    }

    /// <summary>What a poll has found, and of what; where all of it is the same once more there is nothing to do.</summary>
    private readonly record struct Seen(CellProcess Process, UInt128 States, long Health, int Revision);
}
