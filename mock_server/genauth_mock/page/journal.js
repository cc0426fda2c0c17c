export class Journal { constructor() {} clear() {} async refresh() {} }
