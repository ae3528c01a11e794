using System.Collections;
using CloudLb.AwsApi.Responses;

namespace CloudLb.AwsApi.Shapes;

/// <summary>A list whose members were written before; an answer in XML takes theirs as it is.</summary>
public sealed class WrittenList<TShape>(IReadOnlyList<Written<TShape>> members) : IReadOnlyList<TShape>, IWrittenXml
    where TShape : class, IShape<TShape>
{
    /// <summary>Bytes that usually follow the list: end tags and the request id.</summary>
    private const int UsualRest = 512;

    public int Count => members.Count;

    public TShape this[int index] => members[index].Value;

    public IEnumerator<TShape> GetEnumerator() => members.Select(member => member.Value).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void IWrittenXml.WriteTo(Utf8Buffer buffer)
    {
        buffer.MakeRoom(members.Sum(member => member.Xml.Length) + UsualRest);
        for (var i = 0; i < members.Count; i++)
        {
            buffer.Append(members[i].Xml);
        }
    }
}
