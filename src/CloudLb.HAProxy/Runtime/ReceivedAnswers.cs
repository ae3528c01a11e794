using System.Text;

namespace CloudLb.HAProxy.Runtime;

/// <summary>Parts the stream of bytes that a process sends into answers.</summary>
internal sealed class ReceivedAnswers(byte[] end)
{
    private const int LeastRoom = 4096;

    private byte[] _bytes = new byte[LeastRoom];
    private int _count;
    private int _searched;

    /// <summary>The answers that these bytes complete.</summary>
    public List<string> Add(ReadOnlySpan<byte> bytes)
    {
        if (_count + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _count + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(_count));
        _count += bytes.Length;

        var answers = new List<string>();
        var start = 0;
        int found;
        while ((found = _bytes.AsSpan(_searched, _count - _searched).IndexOf(end)) >= 0)
        {
            answers.Add(Encoding.UTF8.GetString(_bytes, start, _searched + found - start).Trim('\n'));
            start = _searched = _searched + found + end.Length;
        }

        _bytes.AsSpan(start, _count - start).CopyTo(_bytes);
        _count -= start;
        _searched = Math.Max(0, _count - end.Length + 1);
        if (_count == 0 && _bytes.Length > LeastRoom)
        {
            // The answer to a question about everything has 100 KB and more: between two of them nobody needs the room.
            _bytes = new byte[LeastRoom];
        }

        return answers;
    }
}
